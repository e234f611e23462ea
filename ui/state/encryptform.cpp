// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/encryptform.h>

#include <algorithm>

#include <base/text.h>
#include <jose/encrypt.h>

namespace claimcheck::ui {
namespace {

bool isToken(std::string_view content)
{
    const jose::Jws token = jose::decode(content);
    return token.form == jose::Serialization::Compact && token.segments >= 3 && token.isWellFormed() &&
           token.alg();
}

bool takes(const jose::KeyManagement& management, const jose::ContentEncryption& content,
           const jose::Key& key)
{
    const bool allowsWeak = key.source == jose::KeySource::TypedSecret;
    return management.isForWriting &&
           jose::objectionToRecipient(management, content, key, allowsWeak).empty();
}

} // namespace

Result<Secret> encryptDraft(const EncryptDraft& draft, const std::vector<jose::Key>& keys)
{
    const jose::KeyManagement* management = jose::findKeyManagement(draft.algorithm);
    const jose::ContentEncryption* content = jose::findContentEncryption(draft.encryption);
    if (management == nullptr || content == nullptr)
        return failure(ErrorKind::Usage, "cannot encrypt", "no algorithm was chosen",
                       "choose one of the list");
    jose::EncryptOptions options;
    options.isCompressed = draft.isCompressed;
    options.form = draft.form;
    options.allowWeakKeys = std::ranges::all_of(
        keys, [](const jose::Key& key) { return key.source == jose::KeySource::TypedSecret; });
    const std::string_view text = trimmed(draft.content.reveal());
    const bool isNested = isToken(text);
    if (isNested)
        options.header = R"({"cty":"JWT"})";
    return jose::encrypt(*management, *content, keys, isNested ? text : draft.content.reveal(), options);
}

std::vector<std::string> contentEncryptionsFor(const jose::Key& key, const std::string& algorithm)
{
    std::vector<std::string> names;
    const jose::KeyManagement* management = jose::findKeyManagement(algorithm);
    if (management == nullptr)
        return names;
    for (const jose::ContentEncryption& content : jose::contentEncryptions())
        if (takes(*management, content, key))
            names.emplace_back(content.name);
    return names;
}

std::vector<std::size_t> recipientsBeside(const inspect::KeyRing& ring, std::size_t index,
                                          const std::string& algorithm, const std::string& encryption)
{
    std::vector<std::size_t> indexes;
    const jose::KeyManagement* management = jose::findKeyManagement(algorithm);
    const jose::ContentEncryption* content = jose::findContentEncryption(encryption);
    const bool isForOne = management == nullptr || content == nullptr ||
                          management->way == jose::KeyWay::Direct ||
                          management->way == jose::KeyWay::Agreement;
    for (std::size_t other = 0; other < ring.keys.size() && !isForOne; ++other) {
        const jose::Key& key = ring.keys[other];
        const bool isSecret = key.source == jose::KeySource::TypedSecret; // all its readings are in the ring
        if (other != index && !isSecret && key.refusal.empty() && takes(*management, *content, key))
            indexes.push_back(other);
    }
    return indexes;
}

std::vector<std::string> encryptAlgorithms(const jose::Key& key)
{
    std::vector<std::string> names;
    for (const std::string_view name : jose::keyManagementsFor(key))
        if (!contentEncryptionsFor(key, std::string(name)).empty())
            names.emplace_back(name);
    return names;
}

std::vector<std::size_t> encryptingKeys(const inspect::KeyRing& ring)
{
    std::vector<std::size_t> indexes;
    for (std::size_t index = 0; index < ring.keys.size(); ++index)
        if (ring.keys[index].refusal.empty() && !encryptAlgorithms(ring.keys[index]).empty())
            indexes.push_back(index);
    return indexes;
}

} // namespace claimcheck::ui
