// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/newcollectiondialog.h>

#include <QtCore/qdir.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlabel.h>
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
      m_place(captionLabel()),
      m_create(primaryButton(tr("Create"), QStringLiteral("createCollection")))
{
    setObjectName(QStringLiteral("newCollectionDialog"));
    setWindowTitle(tr("New collection"));
    setMinimumWidth(dialogWidth);
    m_place->setObjectName(QStringLiteral("newCollectionPlace"));
    m_place->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::small);
    column->addWidget(makeFields());
    column->addWidget(m_place);
    column->addSpacing(space::small);
    column->addWidget(makeButtons());
    connect(m_name, &QLineEdit::textChanged, this, &NewCollectionDialog::judge);
    connect(m_parent, &QLineEdit::textChanged, this, &NewCollectionDialog::judge);
    m_create->setDefault(true); // not before it is in the dialog
    m_name->selectAll();
    judge();
}

NewCollectionDialog::NewCollectionDialog(const QString& copiedName, QWidget* parent)
    : NewCollectionDialog(parent)
{
    setWindowTitle(tr("Save collection as"));
    m_create->setText(tr("Save"));
    m_name->setText(copiedName);
    m_name->selectAll();
}

QWidget* NewCollectionDialog::makeFields()
{
    setNames(m_name, QStringLiteral("newCollectionName"), tr("Name"));
    setNames(m_parent, QStringLiteral("newCollectionParent"), tr("Make its folder in"));
    QPushButton* choose = pushButton(tr("Choose…"), QStringLiteral("chooseParent"));
    connect(choose, &QPushButton::clicked, this, &NewCollectionDialog::browse);
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(mutedLabel(tr("Name")));
    column->addWidget(m_name);
    column->addWidget(mutedLabel(tr("Make its folder in")));
    auto* place = new QHBoxLayout;
    place->setSpacing(space::small);
    place->addWidget(m_parent, 1);
    place->addWidget(choose);
    column->addLayout(place);
    return part;
}

QWidget* NewCollectionDialog::makeButtons()
{
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelCollection"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &QDialog::accept);
    auto* part = new QWidget;
    QHBoxLayout* buttons = lineIn(part);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    return part;
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

/// Says what will be there, or what is wrong with it.
void NewCollectionDialog::judge()
{
    const bool hasParent = !m_parent->text().isEmpty() && QDir(m_parent->text()).exists();
    const bool isTaken =
        hasParent && !name().isEmpty() && QDir(directory()).exists() && !QDir(directory()).isEmpty();
    m_create->setEnabled(hasParent && !name().isEmpty() && !isTaken);
    const QString place = toQString(visible(toUtf8(directory())));
    m_place->setText(name().isEmpty() ? tr("It needs a name.")
                     : !hasParent     ? tr("That folder is not there.")
                     : isTaken        ? tr("%1 is there already and not empty.").arg(place)
                                      : place);
    setKind(m_place, m_create->isEnabled() ? "caption" : "warn");
}

} // namespace claimcheck::ui
