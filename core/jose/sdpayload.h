// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The payload of an SD-JWT with its disclosures put where their digests stand (RFC 9901 §7.1 step 3). Private
// to the module.

#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <jose/sdjwt.h>
#include <json/write.h>

namespace claimcheck::jose {

class SdPayload
{
public:
    /// Fills in the path of each disclosure that is used.
    SdPayload(std::vector<Disclosure>& disclosures, std::size_t depth);

    Result<json::Document> disclose(const json::Value& payload);

    std::vector<SdFault> takeFaults() { return std::move(m_faults); }
    std::size_t undisclosed() const { return m_undisclosed; }

private:
    struct Entry
    {
        Disclosure* disclosure = nullptr; ///< null: a digest of nothing that is here
        bool isSeen = false;
    };

    void write(const json::Value& value, const std::string& path, std::size_t depth);
    void writeObject(const json::Value& object, const std::string& path, std::size_t depth);
    void writeArray(const json::Value& array, const std::string& path, std::size_t depth);
    void writeClaims(const json::Value& digests, const std::string& path, std::size_t depth,
                     std::vector<std::string>& names);
    void writeClaim(Disclosure& disclosure, const std::string& path, std::size_t depth,
                    std::vector<std::string>& names);
    void writeElement(const json::Value& digest, const std::string& path, std::size_t depth);
    void writeDisclosed(const std::string& value, const std::string& path, std::size_t depth);
    Disclosure* take(const std::string& digest);
    void fault(std::string what, const Disclosure* disclosure = nullptr);

    std::vector<Disclosure>& m_disclosures;
    std::unordered_map<std::string, Entry> m_entries; ///< by digest
    json::Writer m_writer;
    std::size_t m_depth;
    std::size_t m_undisclosed = 0;
    std::vector<SdFault> m_faults; ///< all of kind Refused
};

} // namespace claimcheck::jose
