// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/textrow.h>

#include <algorithm>

#include <base/text.h>
#include <base/utf8.h>

namespace claimcheck::ui {
namespace {

/// East Asian wide and emoji blocks, roughly: a cell too many costs a gap, nothing else.
bool isWide(char32_t character)
{
    return (character >= 0x1100 && character <= 0x115F) || (character >= 0x2E80 && character <= 0xA4CF) ||
           (character >= 0xAC00 && character <= 0xD7A3) || (character >= 0xF900 && character <= 0xFAFF) ||
           (character >= 0xFE30 && character <= 0xFE6F) || (character >= 0xFF00 && character <= 0xFF60) ||
           (character >= 0x1F300 && character <= 0x1FAFF) || (character >= 0x20000 && character <= 0x3FFFD);
}

int cellsOf(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    return isWide(character) ? 2 : 1;
}

class Layouter
{
public:
    explicit Layouter(std::string_view row) : m_source(row)
    {
        m_row.columns.reserve(row.size() + 1);
        m_row.bytes.reserve(row.size() + 1);
    }

    void advanceTo(std::size_t end)
    {
        while (m_offset < end)
            oneCharacter();
    }

    void fold(const Fold& fold)
    {
        advanceTo(fold.offset + std::min(fold.length, foldedBytes));
        if (fold.length > foldedBytes)
            add(QStringView(u"…"), 1);
        m_offset = std::max(m_offset, fold.offset + fold.length);
        for (const char closing : {'"', ','})
            if (m_offset < m_source.size() && m_source[m_offset] == closing)
                oneCharacter();
        m_row.gaps.push_back(fold.cells > 0 ? m_column : -1);
        for (int cell = 0; cell < fold.cells; ++cell)
            add(QStringView(u" "), 1);
    }

    TextRow take()
    {
        advanceTo(m_source.size());
        m_row.columns.push_back(m_column);
        m_row.bytes.push_back(m_source.size());
        return std::move(m_row);
    }

private:
    void add(QStringView text, int cellsEach)
    {
        for (qsizetype unit = 0; unit < text.size(); ++unit) {
            m_row.columns.push_back(m_column);
            m_row.bytes.push_back(m_offset);
            // The second half of a surrogate pair shares its first half's cell.
            if (!text[unit].isHighSurrogate())
                m_column += cellsEach;
        }
        m_row.text += text;
    }

    void oneCharacter()
    {
        const char byte = m_source[m_offset];
        if (byte == '\t') {
            const int cells = tabCells - m_column % tabCells;
            add(QString(cells, u' '), 1);
            ++m_offset;
            return;
        }
        if (byte >= 0x20 && byte < 0x7F) {
            const QChar letter = QLatin1Char(byte);
            add(QStringView(&letter, 1), 1);
            ++m_offset;
            return;
        }
        const CodePoint point = decodeUtf8(m_source, m_offset);
        const std::size_t length = std::max<std::size_t>(point.length, 1);
        const std::string_view bytes = m_source.substr(m_offset, length);
        const std::string safe = visible(bytes);
        add(toQString(safe), safe == bytes ? cellsOf(point.value) : 1);
        m_offset += length;
    }

    std::string_view m_source;
    std::size_t m_offset = 0;
    int m_column = 0;
    TextRow m_row;
};

} // namespace

qsizetype TextRow::unitAt(int column) const
{
    const auto after = std::upper_bound(columns.begin(), columns.end(), column);
    return std::max<qsizetype>(0, after - columns.begin() - 1);
}

int TextRow::columnOf(std::size_t byte) const
{
    const auto at = std::lower_bound(bytes.begin(), bytes.end(), byte);
    return at == bytes.end() ? width() : columns[static_cast<std::size_t>(at - bytes.begin())];
}

TextRow layOutRow(std::string_view row, const std::vector<Fold>& folds)
{
    Layouter layouter(row);
    for (const Fold& fold : folds) {
        layouter.advanceTo(fold.offset);
        layouter.fold(fold);
    }
    return layouter.take();
}

} // namespace claimcheck::ui
