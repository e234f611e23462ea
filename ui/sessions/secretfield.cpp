// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/secretfield.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

SecretField::SecretField(const QString& objectName, const QString& title, QWidget* parent)
    : QWidget(parent), m_variable(new QLineEdit), m_value(new QLineEdit)
{
    setNames(m_variable, objectName + QStringLiteral("Variable"), tr("Variable of: %1").arg(title));
    setNames(m_value, objectName + QStringLiteral("Value"), tr("Value of: %1").arg(title));
    m_variable->setFont(monoFont());
    m_value->setEchoMode(QLineEdit::Password);
    m_value->setPlaceholderText(tr("type a new value"));
    m_value->setToolTip(tr("Typed anew, or left as it is kept. It never stands in the collection's files."));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    line->addWidget(m_variable, 1);
    line->addWidget(m_value, 1);
    setFocusProxy(m_variable);
    connect(m_variable, &QLineEdit::textEdited, this, &SecretField::edited);
    connect(m_value, &QLineEdit::textEdited, this, &SecretField::edited);
}

QString SecretField::variable() const
{
    return m_variable->text();
}

void SecretField::setVariable(const QString& text)
{
    m_variable->setText(text);
}

Secret SecretField::value() const
{
    return Secret::adopting(toUtf8(m_value->text()));
}

void SecretField::setValue(const Secret& value)
{
    m_value->setText(toQString(value.reveal()));
}

void SecretField::setProposal(const QString& variable)
{
    m_variable->setPlaceholderText(variable);
}

} // namespace claimcheck::ui
