// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/keydraft.h>

#include <charconv>

#include <base/text.h>
#include <jose/algorithm.h>
#include <jose/encryption.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t usualRsaBits = 2048;

Result<std::size_t> bitsOf(std::string_view typed)
{
    const std::string_view text = trimmed(typed);
    std::size_t bits = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || bits == 0)
        return failure(ErrorKind::Usage, "no key was made", "'" + visible(text) + "' is no size in bits",
                       "write a number, or nothing for the usual size");
    return bits;
}

} // namespace

KeyFreedom freedomOf(std::string_view algorithm)
{
    if (const jose::Algorithm* signing = jose::findAlgorithm(algorithm)) {
        if (signing->keyType == jose::KeyType::Oct)
            return {signing->minimumKeyBytes * 8, {}};
        return {signing->keyType == jose::KeyType::Rsa ? usualRsaBits : 0, {}};
    }
    const jose::KeyManagement* management = jose::findKeyManagement(algorithm);
    if (management == nullptr)
        return {};
    if (management->way == jose::KeyWay::RsaOaep)
        return {usualRsaBits, {}};
    if (management->way == jose::KeyWay::Agreement || management->way == jose::KeyWay::AgreementWrap)
        return {0, {"P-256", "P-384", "P-521", "X25519", "X448"}};
    return {};
}

Result<jose::Key> makeKey(const KeyDraft& draft)
{
    const KeyFreedom freedom = freedomOf(draft.algorithm);
    jose::GenerateOptions options;
    if (freedom.usualBits != 0 && !trimmed(draft.bits).empty()) {
        const Result<std::size_t> bits = bitsOf(draft.bits);
        if (!bits)
            return tl::unexpected(bits.error());
        options.bits = *bits;
    }
    if (!freedom.curves.empty() && !draft.curve.empty())
        options.curve = draft.curve;
    if (!draft.kid.empty())
        options.kid = draft.kid;
    return jose::generateKeyFor(draft.algorithm, options);
}

} // namespace claimcheck::ui
