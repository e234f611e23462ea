// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sdpayload.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::jose {

static constexpr std::string_view digestsName = "_sd";
static constexpr std::string_view elementName = "...";
static constexpr std::string_view hashName = "_sd_alg";
static constexpr std::size_t mostFaults = 16;

SdPayload::SdPayload(std::vector<Disclosure>& disclosures, std::size_t depth)
    : m_disclosures(disclosures), m_depth(depth)
{
    for (Disclosure& disclosure : disclosures) {
        if (disclosure.digest.empty() || disclosure.value.empty())
            continue;
        Entry& entry = m_entries[disclosure.digest];
        if (entry.disclosure != nullptr)
            fault("the disclosure " + disclosure.digest + " is there twice", &disclosure);
        entry.disclosure = &disclosure;
    }
}

void SdPayload::fault(std::string what, const Disclosure* disclosure)
{
    if (m_faults.size() < mostFaults)
        m_faults.push_back({SdFaultKind::Refused, std::move(what),
                            disclosure == nullptr ? std::nullopt : std::optional(disclosure->offset)});
}

Result<json::Document> SdPayload::disclose(const json::Value& payload)
{
    write(payload, "", 0);
    // Step 5: a disclosure that no digest stands for was added by somebody.
    for (const Disclosure& disclosure : m_disclosures) {
        const auto entry = m_entries.find(disclosure.digest);
        if (entry != m_entries.end() && !entry->second.isSeen)
            fault("the disclosure " + disclosure.digest +
                      " belongs nowhere: no digest of the token is its own",
                  &disclosure);
    }
    return json::parse(m_writer.take(), {.depth = m_depth});
}

/// The disclosure of a digest; a digest that occurs twice is refused (step 4).
Disclosure* SdPayload::take(const std::string& digest)
{
    Entry& entry = m_entries[digest];
    if (entry.isSeen) {
        fault("the digest " + visible(digest) + " is in the token twice");
        return nullptr;
    }
    entry.isSeen = true;
    if (entry.disclosure == nullptr)
        ++m_undisclosed;
    return entry.disclosure;
}

void SdPayload::write(const json::Value& value, const std::string& path, std::size_t depth)
{
    if (depth >= m_depth) {
        fault("its disclosures lie in one another more than " + std::to_string(m_depth) + " deep");
        m_writer.null();
    } else if (value.isObject()) {
        writeObject(value, path, depth);
    } else if (value.isArray()) {
        writeArray(value, path, depth);
    } else {
        m_writer.raw(value.text());
    }
}

static std::string memberPath(const std::string& path, std::string_view name)
{
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

void SdPayload::writeObject(const json::Value& object, const std::string& path, std::size_t depth)
{
    std::vector<std::string> names;
    m_writer.beginObject();
    for (const json::Member& member : object.members()) {
        if (member.name == digestsName || (depth == 0 && member.name == hashName))
            continue;
        names.push_back(member.name);
        m_writer.member(member.name);
        write(member.value, memberPath(path, member.name), depth + 1);
    }
    if (const auto digests = object.find(digestsName))
        writeClaims(*digests, path, depth, names);
    m_writer.endObject();
}

/// Step 3.b.i: the digests of an object's claims.
void SdPayload::writeClaims(const json::Value& digests, const std::string& path, std::size_t depth,
                            std::vector<std::string>& names)
{
    if (!digests.isArray())
        return fault("_sd is no list of digests");
    for (const json::Value& digest : digests.items()) {
        if (!digest.isString()) {
            fault("_sd holds something that is no digest");
            continue;
        }
        if (Disclosure* disclosure = take(digest.string()))
            writeClaim(*disclosure, path, depth, names);
    }
}

void SdPayload::writeClaim(Disclosure& disclosure, const std::string& path, std::size_t depth,
                           std::vector<std::string>& names)
{
    disclosure.path = memberPath(path, disclosure.name.value_or("?"));
    if (!disclosure.name)
        return fault("a disclosure of an array's element stands for a claim", &disclosure);
    if (*disclosure.name == digestsName || *disclosure.name == elementName)
        return fault("a disclosure names a claim '" + *disclosure.name + "'", &disclosure);
    if (std::find(names.begin(), names.end(), *disclosure.name) != names.end())
        return fault("a disclosure brings the claim '" + visible(*disclosure.name) +
                         "', which is there already",
                     &disclosure);
    names.push_back(*disclosure.name);
    m_writer.member(*disclosure.name);
    writeDisclosed(disclosure.value, disclosure.path, depth + 1);
}

void SdPayload::writeArray(const json::Value& array, const std::string& path, std::size_t depth)
{
    std::size_t index = 0;
    m_writer.beginArray();
    for (const json::Value& item : array.items()) {
        const std::string place = path + "[" + std::to_string(index++) + "]";
        const auto digest = item.size() == 1 ? item.find(elementName) : std::nullopt;
        if (digest)
            writeElement(*digest, place, depth);
        else
            write(item, place, depth + 1);
    }
    m_writer.endArray();
}

/// Step 3.b.ii: {"...": digest} in an array; without its disclosure nothing is left of it.
void SdPayload::writeElement(const json::Value& digest, const std::string& path, std::size_t depth)
{
    if (!digest.isString())
        return fault("'...' in an array holds no digest");
    Disclosure* disclosure = take(digest.string());
    if (disclosure == nullptr)
        return;
    disclosure->path = path;
    if (disclosure->name)
        return fault("a disclosure of the claim '" + visible(*disclosure->name) + "' stands for an element",
                     disclosure);
    writeDisclosed(disclosure->value, path, depth + 1);
}

/// Step 3.b, "recursively": what was disclosed may hold digests in turn.
void SdPayload::writeDisclosed(const std::string& value, const std::string& path, std::size_t depth)
{
    const auto document = json::parse(value, {.depth = m_depth});
    if (document)
        write(document->root(), path, depth);
    else
        m_writer.null();
}

} // namespace claimcheck::jose
