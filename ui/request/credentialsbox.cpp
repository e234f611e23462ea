// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/credentialsbox.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <request/secretedit.h>
#include <state/credentialkinds.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// The fields without their values: only another set of them needs other widgets.
std::vector<std::string> namesOf(const collection::Credentials& credentials)
{
    std::vector<std::string> names{credentials.type};
    for (const CredentialField& field : credentialFields(credentials))
        names.push_back(field.name);
    return names;
}

QString objectNameOf(const std::string& field)
{
    return QStringLiteral("credential.") + toQString(visible(field));
}

} // namespace

CredentialsBox::CredentialsBox(QWidget* parent)
    : QWidget(parent), m_kind(new ChevronBox), m_hint(captionLabel())
{
    setNames(m_kind, QStringLiteral("credentialKind"), tr("Kind of credentials"));
    for (const CredentialKind& kind : credentialKinds())
        m_kind->addItem(kind.title, toQString(kind.type));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(m_kind, 0, Qt::AlignLeft);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("credentialHint"));
    column->addWidget(m_hint);
    connect(m_kind, &QComboBox::activated, this, [this] { Q_EMIT typeChosen(type()); });
    rebuild({});
}

std::string CredentialsBox::type() const
{
    return toUtf8(m_kind->currentData().toString());
}

void CredentialsBox::setCredentials(const collection::Credentials& credentials)
{
    if (credentials == m_shown)
        return;
    const bool sameFields = m_fields != nullptr && namesOf(credentials) == namesOf(m_shown);
    m_shown = credentials;
    if (!sameFields)
        return rebuild(credentials);
    for (const CredentialField& field : credentialFields(credentials)) {
        const QString text = toQString(credentials.field(field.name));
        if (auto* edit = findChild<QLineEdit*>(objectNameOf(field.name)); edit && edit->text() != text)
            edit->setText(text);
        if (auto* box = findChild<QComboBox*>(objectNameOf(field.name)))
            box->setCurrentIndex(box->findText(text));
    }
}

void CredentialsBox::rebuild(const collection::Credentials& credentials)
{
    delete m_fields;
    m_fields = new QWidget;
    auto* form = new QFormLayout(m_fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::medium);
    form->setVerticalSpacing(space::small);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const QString type = toQString(credentials.type);
    if (m_kind->findData(type) < 0 && !type.isEmpty())
        m_kind->addItem(toQString(visible(credentials.type)).left(40), type);
    if (!type.isEmpty())
        m_kind->setCurrentIndex(m_kind->findData(type));
    for (const CredentialField& field : credentialFields(credentials)) {
        QWidget* line = makeField(field, credentials.field(field.name));
        auto* label = plainLabel(field.title);
        label->setBuddy(line);
        form->addRow(label, line);
    }
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, m_fields);
    showHint(credentials.type);
}

QWidget* CredentialsBox::makeField(const CredentialField& field, const std::string& value)
{
    if (!field.choices.isEmpty()) {
        auto* box = new ChevronBox;
        box->addItems(field.choices);
        const QString text = toQString(visible(value));
        if (box->findText(text) < 0 && !text.isEmpty())
            box->addItem(text);
        box->setCurrentIndex(box->findText(text));
        box->setPlaceholderText(tr("Not said"));
        setNames(box, objectNameOf(field.name), field.title);
        connect(box, &QComboBox::activated, this, [this, box, name = field.name] {
            m_shown.fields[name] = toUtf8(box->currentText());
            Q_EMIT fieldEdited(name, toUtf8(box->currentText()));
        });
        return box;
    }
    auto* edit = field.isSecret ? new SecretEdit : new QLineEdit;
    edit->setFont(monoFont());
    edit->setText(toQString(value));
    edit->setCursorPosition(0);
    setNames(edit, objectNameOf(field.name), field.title);
    connect(edit, &QLineEdit::textEdited, this, [this, name = field.name](const QString& text) {
        if (!text.isEmpty() || m_shown.fields.contains(name))
            m_shown.fields[name] = toUtf8(text);
        Q_EMIT fieldEdited(name, toUtf8(text));
    });
    return edit;
}

void CredentialsBox::showHint(const std::string& type)
{
    QString text;
    if (!type.empty() && !collection::canSendAuthorisation(type))
        text = tr("This kind is kept in the file and cannot be sent yet: the request stays here.");
    else if (!type.empty())
        text = tr("A secret belongs into an environment: type its name, for example {{password}}.");
    m_hint->setText(text);
}

} // namespace claimcheck::ui
