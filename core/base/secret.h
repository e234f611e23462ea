// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Secret: bytes that must never be shown, logged or stored in clear: passwords, tokens, keys.
//
// It prints as ••••, compares in constant time, and wipes its memory when it goes. reveal() is the
// one way to the bytes, so that a search for it finds every place where a secret leaves its type.

#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace claimcheck {

class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string_view bytes);
    /// Takes the buffer itself, so that no copy of it is left behind.
    static Secret adopting(std::string bytes);
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    /// The bytes themselves; valid while this object lives. Never hand them to a log or a message.
    std::string_view reveal() const { return m_bytes; }
    bool isEmpty() const { return m_bytes.empty(); }
    std::size_t size() const { return m_bytes.size(); }

    /// Constant time in the bytes; the length is not hidden.
    friend bool operator==(const Secret& left, const Secret& right);

private:
    void wipe() noexcept;

    std::string m_bytes;
};

/// Always "••••", whatever is inside.
std::ostream& operator<<(std::ostream& stream, const Secret& secret);

/// Overwrites a buffer that held a secret, then empties it.
void wipe(std::string& bytes) noexcept;

/// The text with `mark` wherever one of the secrets stands, also where one holds another or they overlap. A
/// secret below four bytes stays: it stands in every other word. A text is cut out of before it is shortened,
/// or what is left of a secret at the cut is none any more.
std::string cutOut(std::string_view text, std::span<const Secret> secrets, std::string_view mark = "••••");

} // namespace claimcheck
