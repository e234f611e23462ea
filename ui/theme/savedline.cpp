// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/savedline.h>

#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qurl.h>
#include <QtGui/qdesktopservices.h>
#include <QtWidgets/qboxlayout.h>

#include <theme/widgets.h>

namespace claimcheck::ui {

SavedLine::SavedLine(const QString& objectName, QWidget* parent)
    : QWidget(parent), m_words(wrapped(mutedLabel()))
{
    setObjectName(objectName);
    m_words->setObjectName(objectName + QStringLiteral("Words"));
    QPushButton* open = linkButton(tr("Open its folder"), objectName + QStringLiteral("Folder"));
    QHBoxLayout* row = lineIn(this);
    row->addWidget(m_words, 1);
    row->addWidget(open, 0, Qt::AlignTop);
    connect(open, &QPushButton::clicked, this, &SavedLine::openFolder);
    hide();
}

void SavedLine::say(const QString& file)
{
    const QFileInfo saved(file);
    m_folder = saved.absolutePath();
    m_words->setText(tr("Saved as %1 in %2").arg(saved.fileName(), QDir::toNativeSeparators(m_folder)));
    show();
}

void SavedLine::clear()
{
    m_folder.clear();
    m_words->clear();
    hide();
}

void SavedLine::openFolder()
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder)))
        m_words->setText(
            tr("No program here opens folders. The report is in %1").arg(QDir::toNativeSeparators(m_folder)));
}

} // namespace claimcheck::ui
