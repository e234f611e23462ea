// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/newcollectiondialog.h>

#include <QtCore/qdir.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <store/opencollection.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int dialogWidth = 460;

} // namespace

NewCollectionDialog::NewCollectionDialog(QWidget* parent)
    : QDialog(parent),
      m_name(new QLineEdit(tr("My API"))),
      m_parent(new QLineEdit(QDir::homePath())),
      m_create(primaryButton(tr("Create"), QStringLiteral("createCollection")))
{
    setWindowTitle(tr("New collection"));
    setMinimumWidth(dialogWidth);
    setNames(m_name, QStringLiteral("newCollectionName"), tr("Name"));
    setNames(m_parent, QStringLiteral("newCollectionParent"), tr("Make its folder in"));
    QPushButton* choose = pushButton(tr("Choose…"), QStringLiteral("chooseParent"));
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelCollection"));
    m_create->setDefault(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::small);
    column->addWidget(mutedLabel(tr("Name")));
    column->addWidget(m_name);
    column->addWidget(mutedLabel(tr("Make its folder in")));
    auto* place = new QHBoxLayout;
    place->addWidget(m_parent, 1);
    place->addWidget(choose);
    column->addLayout(place);
    column->addSpacing(space::small);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    column->addLayout(buttons);

    connect(m_name, &QLineEdit::textChanged, this, &NewCollectionDialog::judge);
    connect(m_parent, &QLineEdit::textChanged, this, &NewCollectionDialog::judge);
    connect(choose, &QPushButton::clicked, this, &NewCollectionDialog::browse);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &QDialog::accept);
    m_name->selectAll();
}

QString NewCollectionDialog::name() const
{
    return m_name->text().trimmed();
}

QString NewCollectionDialog::directory() const
{
    return QDir(m_parent->text()).absoluteFilePath(toQString(store::slug(toUtf8(name()))));
}

void NewCollectionDialog::browse()
{
    const QString chosen =
        QFileDialog::getExistingDirectory(this, tr("Make the collection's folder in"), m_parent->text());
    if (!chosen.isEmpty())
        m_parent->setText(chosen);
}

void NewCollectionDialog::judge()
{
    m_create->setEnabled(!name().isEmpty() && QDir(m_parent->text()).exists() && !m_parent->text().isEmpty());
}

} // namespace claimcheck::ui
