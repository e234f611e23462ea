// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/tokenedit.h>

#include <algorithm>
#include <cmath>

#include <QtCore/qmimedata.h>
#include <QtGui/qevent.h>
#include <QtGui/qtextobject.h>

#include <base/text.h>
#include <inspect/find.h>
#include <theme/theme.h>
#include <theme/widgets.h>
#include <token/tokenreading.h>

namespace claimcheck::ui {
namespace {

/// Qt lays out one line as a whole: above this length the text is shown in lines of `softLine`.
constexpr qsizetype longLine = 16 * 1024;
constexpr qsizetype softLine = 2048;
/// A little more than the decoder's own limit, so that its sentence about the size is what one sees.
constexpr qsizetype longestText = 1024 * 1024 + 16;
constexpr int markedDefects = 200;
constexpr qsizetype mostTokens = 100;
constexpr int fewestLines = 4;
constexpr int mostLines = 12;

QString withSoftLines(const QString& text)
{
    if (text.size() <= longLine)
        return text;
    QString broken;
    broken.reserve(text.size() + text.size() / softLine + 1);
    for (qsizetype start = 0; start < text.size(); start += softLine) {
        if (start > 0)
            broken += u'\n';
        broken += QStringView(text).mid(start, softLine);
    }
    return broken;
}

QString withoutSoftLines(QString text)
{
    if (text.size() > longLine)
        text.remove(u'\n');
    return text;
}

struct Part
{
    std::size_t offset;
    std::size_t length;
    Role role;
};

/// Header, payload, signature; of an encrypted token in five parts (RFC 7516 §7.1) the key, the vector, the
/// ciphertext and the tag.
std::vector<Part> partsOf(const jose::Jws& token)
{
    if (token.segments != 5)
        return {{token.header.offset, token.header.length, Role::TokenHeader},
                {token.payload.offset, token.payload.length, Role::TokenPayload},
                {token.signature.offset, token.signature.length, Role::TokenSignature}};
    std::vector<Part> parts;
    std::size_t begin = 0;
    for (const Role role :
         {Role::TokenHeader, Role::Muted, Role::Text, Role::TokenPayload, Role::TokenSignature}) {
        const std::size_t end = std::min(token.text.find('.', begin), token.text.size());
        parts.push_back({begin, end - begin, role});
        begin = std::min(end + 1, token.text.size());
    }
    return parts;
}

/// Byte offset in UTF-8 to index in UTF-16. A token is ASCII; only what is pasted by mistake is not.
qsizetype indexOfByte(QStringView text, std::size_t offset)
{
    std::size_t bytes = 0;
    for (qsizetype index = 0; index < text.size(); ++index) {
        if (bytes >= offset)
            return index;
        const char16_t unit = text[index].unicode();
        bytes += unit < 0x80 ? 1u : unit < 0x800 || QChar::isSurrogate(unit) ? 2u : 3u;
    }
    return text.size();
}

} // namespace

TokenEdit::TokenEdit(QWidget* parent) : QPlainTextEdit(parent)
{
    setFont(monoFont());
    setWordWrapMode(QTextOption::WrapAnywhere);
    setTabChangesFocus(true);
    insetText(this);
    connect(this, &QPlainTextEdit::textChanged, this, &TokenEdit::noticeChange);
}

void TokenEdit::setToken(const QString& text)
{
    m_search.cancel();
    if (text.size() <= smallPaste) {
        const QStringList tokens = tokensIn(text);
        if (tokens.size() == 1)
            Q_EMIT pasted(text, tokens.front());
        replaceAll(tokens.front());
        return Q_EMIT found(tokens);
    }
    Q_EMIT searching();
    m_search.run([text] { return tokensIn(text); },
                 [this](const QStringList& tokens) {
                     replaceAll(tokens.front());
                     Q_EMIT searched();
                     Q_EMIT found(tokens);
                 });
}

void TokenEdit::choose(const QString& token)
{
    m_search.cancel();
    replaceAll(token);
}

void TokenEdit::replaceAll(const QString& token)
{
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(withSoftLines(token));
    cursor.endEditBlock();
    moveCursor(QTextCursor::Start);
}

std::string TokenEdit::token() const
{
    return toUtf8(withoutSoftLines(toPlainText()));
}

void TokenEdit::noticeChange()
{
    const QString text = toPlainText();
    if (text == m_last) // what stood in colour was put there anew, and the colours went with the old
        return showParts(jose::Jws(m_shown), std::vector<jose::Defect>(m_defects));
    m_last = text;
    m_search.cancel(); // what is typed after pasting counts
    fitHeight();
    Q_EMIT edited();
}

void TokenEdit::fitHeight()
{
    const int lines = std::clamp(static_cast<int>(document()->size().height()), fewestLines, mostLines);
    const double margins = 2 * document()->documentMargin() + 2 * frameWidth();
    setFixedHeight(static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + margins)) + 2);
}

void TokenEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

int TokenEdit::positionOf(std::size_t offset) const
{
    if (m_last.size() <= longLine)
        return static_cast<int>(indexOfByte(m_last, offset));
    auto rest = static_cast<int>(std::min(offset, static_cast<std::size_t>(m_last.size())));
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (rest < block.length())
            return block.position() + rest;
        rest -= block.length() - 1;
    }
    return static_cast<int>(m_last.size());
}

QTextEdit::ExtraSelection TokenEdit::selection(std::size_t offset, std::size_t length) const
{
    QTextEdit::ExtraSelection result;
    result.cursor = QTextCursor(document());
    const int last = static_cast<int>(m_last.size());
    result.cursor.setPosition(std::min(positionOf(offset), last));
    result.cursor.setPosition(std::min(positionOf(offset + length), last), QTextCursor::KeepAnchor);
    return result;
}

void TokenEdit::showParts(const jose::Jws& token, const std::vector<jose::Defect>& defects)
{
    m_shown = token;
    m_defects = defects;
    QList<QTextEdit::ExtraSelection> selections;
    for (const Part& part : partsOf(token)) {
        QTextEdit::ExtraSelection coloured = selection(part.offset, part.length);
        coloured.format.setForeground(colour(part.role));
        selections.append(coloured);
    }
    for (const jose::Defect& defect : defects) {
        if (selections.size() > markedDefects)
            break;
        const std::size_t end = token.text.size();
        const std::size_t place = end == 0 ? 0 : std::min(defect.offset, end - 1);
        QTextEdit::ExtraSelection marked = selection(place, 1);
        marked.format.setBackground(colour(Role::BadFill));
        marked.format.setForeground(colour(Role::Bad));
        marked.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        marked.format.setUnderlineColor(colour(Role::Bad));
        selections.append(marked);
    }
    setExtraSelections(selections);
}

void TokenEdit::goTo(std::size_t offset)
{
    QTextCursor cursor(document());
    cursor.setPosition(std::min(positionOf(offset), static_cast<int>(m_last.size())));
    setTextCursor(cursor);
    ensureCursorVisible();
    setFocus();
}

void TokenEdit::reveal(std::size_t offset)
{
    setTextCursor(selection(offset, 1).cursor);
    ensureCursorVisible();
}

void TokenEdit::insertFromMimeData(const QMimeData* source)
{
    if (!source->hasText())
        return;
    const QString pasted = source->text();
    const bool replacesAll = textCursor().selectedText().size() >= m_last.size();
    if (replacesAll || pasted.size() > smallPaste)
        return setToken(pasted);
    const QString token = tokensIn(pasted).front();
    if (token != pasted.trimmed() || token.count(u'.') == 2)
        replaceAll(token);
    else
        textCursor().insertText(pasted);
}

QMimeData* TokenEdit::createMimeDataFromSelection() const
{
    auto* copied = new QMimeData;
    QString text = textCursor().selectedText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    if (m_last.size() > longLine)
        text.remove(u'\n');
    copied->setText(text);
    return copied;
}

void TokenEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showParts(jose::Jws(m_shown), std::vector<jose::Defect>(m_defects));
}

QStringList tokensIn(const QString& pasted)
{
    QStringList tokens;
    for (const inspect::FoundToken& found : inspect::takeTokens(toUtf8(pasted))) {
        tokens.append(toQString(found.text).left(longestText));
        if (tokens.size() == mostTokens)
            break;
    }
    return tokens.isEmpty() ? QStringList(QString()) : tokens;
}

} // namespace claimcheck::ui
