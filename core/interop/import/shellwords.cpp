// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/shellwords.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::interop {
namespace {

constexpr std::size_t mostWords = 100'000;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Splitter
{
public:
    explicit Splitter(std::string_view text) : m_text(text) {}

    Result<std::vector<ShellCommand>> all()
    {
        while (m_at < m_text.size() && !m_error)
            next();
        endCommand();
        if (m_error)
            return tl::unexpected(*m_error);
        return std::move(m_commands);
    }

private:
    char at(std::size_t offset) const { return offset < m_text.size() ? m_text[offset] : '\0'; }

    void next()
    {
        const char c = m_text[m_at];
        if (isBlank(c) || (c == '\\' && isLineEnd(m_at + 1)))
            m_at += c == '\\' ? 1 + lineEndLength(m_at + 1) : 1;
        else if (c == '#')
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        else if (c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
            ++m_at;
            endCommand();
        } else if (c == '<' || c == '>' || isNumberedRedirection())
            redirection();
        else
            word();
    }

    bool isLineEnd(std::size_t offset) const
    {
        return at(offset) == '\n' || (at(offset) == '\r' && at(offset + 1) == '\n');
    }
    std::size_t lineEndLength(std::size_t offset) const { return at(offset) == '\r' ? 2 : 1; }

    bool isNumberedRedirection() const
    {
        return at(m_at) >= '0' && at(m_at) <= '9' && (at(m_at + 1) == '>' || at(m_at + 1) == '<');
    }

    void endCommand()
    {
        if (!m_command.words.empty())
            m_commands.push_back(std::move(m_command));
        m_command = {};
    }

    void redirection()
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() &&
               std::string_view("0123456789<>&|").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        const char last = at(m_at - 1);
        const std::size_t end = m_at;
        while (isBlank(at(m_at)))
            ++m_at;
        if (last >= '0' && last <= '9') // 2>&1
            m_at = end;
        else if (m_at < m_text.size() && !isLineEnd(m_at))
            readWord();
        m_command.redirections.emplace_back(m_text.substr(start, m_at - start));
    }

    void word()
    {
        const std::size_t start = m_at;
        ShellWord read = readWord();
        read.offset = start;
        if (m_command.words.empty())
            m_command.offset = start;
        m_command.words.push_back(std::move(read));
        if (++m_count > mostWords)
            fail(start, ErrorKind::TooLarge, "it has too many words");
    }

    ShellWord readWord()
    {
        ShellWord word;
        while (m_at < m_text.size() && !m_error) {
            const char c = m_text[m_at];
            if (isBlank(c) || std::string_view("\n;&|()<>").find(c) != std::string_view::npos)
                break;
            if (c == '\'')
                singleQuoted(word);
            else if (c == '"')
                doubleQuoted(word);
            else if (c == '$' && at(m_at + 1) == '\'')
                ansiQuoted(word);
            else if (c == '$' || c == '`')
                expansion(word);
            else if (c == '\\')
                escaped(word);
            else
                word.text += m_text[m_at++];
        }
        return word;
    }

    void escaped(ShellWord& word)
    {
        if (isLineEnd(m_at + 1)) {
            m_at += 1 + lineEndLength(m_at + 1);
            return;
        }
        if (m_at + 1 < m_text.size())
            word.text += m_text[m_at + 1];
        m_at = std::min(m_at + 2, m_text.size());
    }

    void singleQuoted(ShellWord& word)
    {
        const std::size_t end = m_text.find('\'', m_at + 1);
        if (end == std::string_view::npos)
            return fail(m_at, ErrorKind::Malformed, "a quote is not closed");
        word.text += m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
    }

    void doubleQuoted(ShellWord& word)
    {
        const std::size_t start = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"' && !m_error) {
            const char following = at(m_at + 1);
            if (m_text[m_at] == '\\' && isLineEnd(m_at + 1)) {
                m_at += 1 + lineEndLength(m_at + 1);
            } else if (m_text[m_at] == '\\' &&
                       std::string_view("$`\"\\").find(following) != std::string_view::npos &&
                       following != '\0') {
                word.text += following;
                m_at += 2;
            } else if (m_text[m_at] == '$' || m_text[m_at] == '`') {
                expansion(word);
            } else {
                word.text += m_text[m_at++];
            }
        }
        if (at(m_at) != '"')
            return fail(start, ErrorKind::Malformed, "a quote is not closed");
        ++m_at;
    }

    void ansiQuoted(ShellWord& word)
    {
        const std::size_t start = m_at;
        m_at += 2;
        while (m_at < m_text.size() && m_text[m_at] != '\'') {
            if (m_text[m_at] == '\\')
                ansiEscape(word.text);
            else
                word.text += m_text[m_at++];
        }
        if (at(m_at) != '\'')
            return fail(start, ErrorKind::Malformed, "a quote is not closed");
        ++m_at;
    }

    /// \n, \x41, \101, \u00e9 and the like.
    void ansiEscape(std::string& out)
    {
        constexpr std::array<std::pair<char, char>, 9> simple{{{'n', '\n'},
                                                               {'t', '\t'},
                                                               {'r', '\r'},
                                                               {'a', '\a'},
                                                               {'b', '\b'},
                                                               {'f', '\f'},
                                                               {'v', '\v'},
                                                               {'e', '\x1b'},
                                                               {'E', '\x1b'}}};
        const char c = at(++m_at);
        ++m_at;
        for (const auto& each : simple)
            if (each.first == c) {
                out += each.second;
                return;
            }
        if (c == 'x')
            out += static_cast<char>(digits(16, 2));
        else if (c == 'u' || c == 'U')
            appendCodePoint(out, digits(16, c == 'u' ? 4 : 8));
        else if (c >= '0' && c <= '7') {
            --m_at;
            out += static_cast<char>(digits(8, 3) & 0xffu);
        } else if (c != '\0')
            out += c;
        m_at = std::min(m_at, m_text.size());
    }

    unsigned digits(unsigned base, int most)
    {
        unsigned value = 0;
        for (int i = 0; i < most; ++i, ++m_at) {
            const char c = at(m_at);
            const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                                   : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                                   : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10)
                                                          : 99;
            if (digit >= base)
                break;
            value = value * base + digit;
        }
        return value;
    }

    /// Halves of a surrogate pair come one after the other.
    void appendCodePoint(std::string& out, unsigned code)
    {
        if (code >= 0xd800 && code < 0xdc00 && at(m_at) == '\\' && at(m_at + 1) == 'u') {
            m_at += 2;
            const unsigned low = digits(16, 4);
            code =
                low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code - 0xd800) << 10u) + (low - 0xdc00) : 0xfffd;
        }
        const char32_t point = code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code;
        out += toUtf8(QString::fromUcs4(&point, 1));
    }

    /// Kept as it stands.
    void expansion(ShellWord& word)
    {
        const std::size_t start = m_at;
        const char following = at(m_at + 1);
        std::size_t end = m_at + 1;
        if (m_text[m_at] == '`')
            end = std::min(m_text.find('`', m_at + 1), m_text.size() - 1) + 1;
        else if (following == '(' || following == '{')
            end = closing(m_at + 1, following, following == '(' ? ')' : '}');
        else
            while (isNameChar(at(end)))
                ++end;
        const std::string text(m_text.substr(start, end - start));
        if (text.size() > 1)
            word.expansions.push_back(text);
        word.text += text;
        m_at = end;
    }

    std::size_t closing(std::size_t from, char open, char close) const
    {
        int depth = 0;
        for (std::size_t i = from; i < m_text.size(); ++i) {
            depth += m_text[i] == open ? 1 : 0;
            depth -= m_text[i] == close ? 1 : 0;
            if (depth == 0)
                return i + 1;
        }
        return m_text.size();
    }

    void fail(std::size_t offset, ErrorKind kind, std::string why)
    {
        m_error = Error{kind, "cannot read this command line", std::move(why),
                        "copy it again, whole, for a POSIX shell (bash)", json::positionOf(m_text, offset)};
    }

    std::string_view m_text;
    std::vector<ShellCommand> m_commands;
    ShellCommand m_command;
    std::optional<Error> m_error;
    std::size_t m_at = 0;
    std::size_t m_count = 0;
};

} // namespace

Result<std::vector<ShellCommand>> shellCommands(std::string_view text)
{
    return Splitter(text).all();
}

std::string shellQuoted(std::string_view word)
{
    constexpr std::string_view safe =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
    if (!word.empty() && word.find_first_not_of(safe) == std::string_view::npos)
        return std::string(word);
    std::string out = "'";
    for (const char c : word)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

} // namespace claimcheck::interop
