// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A keychain that forgets everything with the program: for tests, and for whoever wants no other.

#pragma once

#include <map>

#include <keychain/keychain.h>

namespace claimcheck::keychain {

class MemoryKeychain final : public Keychain
{
public:
    void read(const Entry& entry, QObject* context, Found found) override;
    void write(const Entry& entry, const Secret& value, QObject* context, Done done) override;
    void remove(const Entry& entry, QObject* context, Done done) override;

    /// From now on every call ends with this error, as where there is no service.
    void failWith(Error error) { m_error = std::move(error); }
    std::size_t size() const { return m_values.size(); }

private:
    std::map<std::string, Secret> m_values; ///< by keyOf
    std::optional<Error> m_error;
};

} // namespace claimcheck::keychain
