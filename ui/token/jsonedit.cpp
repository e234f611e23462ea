// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/jsonedit.h>

#include <QtCore/qcoreevent.h>

#include <base/text.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

JsonEdit::JsonEdit(const QString& objectName, const QString& accessibleName, Role names, int lines)
    : m_colours(new JsonColours(document(), names))
{
    setNames(this, objectName, accessibleName);
    setFont(monoFont());
    setTabChangesFocus(true);
    insetText(this);
    setMinimumHeight(lines * QFontMetrics(monoFont()).lineSpacing() + 2 * space::field + 4);
}

void JsonEdit::setJson(const std::string& text)
{
    if (text == json())
        return;
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.insertText(toQString(text));
}

std::string JsonEdit::json() const
{
    return toUtf8(toPlainText());
}

void JsonEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_colours->rehighlight();
}

} // namespace claimcheck::ui
