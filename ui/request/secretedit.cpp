// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/secretedit.h>

#include <QtGui/qaction.h>

#include <base/text.h>
#include <store/secretlike.h>
#include <theme/theme.h>

namespace claimcheck::ui {

SecretEdit::SecretEdit(QWidget* parent) : QLineEdit(parent)
{
    m_reveal = addAction(icon(QStringLiteral("eye")), QLineEdit::TrailingPosition);
    m_reveal->setCheckable(true);
    m_reveal->setObjectName(QStringLiteral("reveal"));
    connect(m_reveal, &QAction::toggled, this, &SecretEdit::mask);
    connect(this, &QLineEdit::textChanged, this, &SecretEdit::mask);
    mask();
}

void SecretEdit::mask()
{
    const bool harmless = store::isHarmlessValue(toUtf8(text()));
    const bool shown = m_reveal->isChecked() || harmless;
    m_reveal->setVisible(!harmless);
    m_reveal->setText(m_reveal->isChecked() ? tr("Mask") : tr("Reveal"));
    m_reveal->setIcon(icon(m_reveal->isChecked() ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
}

} // namespace claimcheck::ui
