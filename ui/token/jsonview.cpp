// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/jsonview.h>

#include <algorithm>
#include <cmath>

#include <QtCore/qcoreevent.h>

#include <base/text.h>
#include <json/write.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// Longer parts are cut in this view (copying gives all of it): Qt lays out long lines slowly.
constexpr qsizetype longestText = 64 * 1024;

} // namespace

JsonView::JsonView(const QString& objectName, const QString& accessibleName, Role names)
    : m_colours(new JsonColours(document(), names))
{
    setNames(this, objectName, accessibleName);
    setFont(monoFont());
    setKind(this, "bare");
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
}

void JsonView::showText(const QString& whole)
{
    QString text = whole;
    if (text.size() > longestText)
        text = QString(text.left(longestText) + QStringLiteral("\n…"));
    if (text == toPlainText())
        return;
    setPlainText(text);
    fitHeight();
}

void JsonView::setMostLines(int most)
{
    m_mostLines = most;
    fitHeight();
}

void JsonView::reveal(const QString& name)
{
    const QTextCursor found = document()->find(QString(u'"' + name + QStringLiteral("\":")));
    if (found.isNull())
        return;
    QTextCursor line = found;
    line.movePosition(QTextCursor::StartOfBlock);
    line.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    setTextCursor(line);
}

void JsonView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void JsonView::fitHeight()
{
    const int lines = std::clamp(static_cast<int>(document()->size().height()), 1, m_mostLines);
    setFixedHeight(static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing())) + 4);
}

void JsonView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_colours->rehighlight();
}

QString partText(const std::optional<json::Document>& json, const std::string& bytes)
{
    if (json)
        return toQString(visible(json::format(json->root(), json::Layout::Pretty), LineEnds::Keep));
    return toQString(visible(bytes, LineEnds::Keep));
}

} // namespace claimcheck::ui
