// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// HMAC under a key that everybody knows: the public one (RFC 8725 §2.1), none at all, a published secret.

#include "families.h"
#include "making.h"
#include "publicforms.h"

#include <algorithm>
#include <string>

#include <inspect/guess.h>

namespace claimcheck::audit {

static std::string macHeader(const Material& material, std::string_view algorithm, Kid kid = Kid::Kept)
{
    ObjectText header = goodHeader(material).setText("alg", algorithm);
    apply(kid, header, material);
    return header.json();
}

static Remake macMaker(const std::string& algorithm, const std::string& key, const std::string& header)
{
    return [=](const std::string& payload) { return macToken(algorithm, key, header, payload); };
}

/// The issuer's key that the token names, else the first.
static const jose::Key& likeliestKey(const Material& material)
{
    for (const jose::Key& key : material.publicKeys)
        if (key.kid && key.kid == material.good.kid())
            return key;
    return material.publicKeys.front();
}

std::vector<Forgery> forgeKeyConfusion(const Material& material)
{
    Basket basket;
    const std::string payload = ownPayload(material);
    const auto add = [&](const std::string& algorithm, const KeyForm& form) {
        basket.addMade(algorithm + " " + form.name, "header alg " + algorithm + "; HMAC key: " + form.meaning,
                       macMaker(algorithm, form.bytes, macHeader(material, algorithm)), payload, ownChanges);
    };
    const std::vector<KeyForm> forms = publicForms(likeliestKey(material), material.keyBytes);
    for (const KeyForm& form : forms)
        add("HS256", form);
    for (const KeyForm& form : forms)
        if (form.name == "pem" || form.name == "as served") {
            add("HS384", form);
            add("HS512", form);
        }
    return basket.take();
}

/// HMAC fills a key up with zeros to its block (RFC 2104 §2): one of zero bytes makes the very same token.
std::vector<Forgery> forgeEmptyKey(const Material& material)
{
    Basket basket;
    const std::string payload = ownPayload(material);
    for (const Kid kid : kidsToTry(material))
        for (const std::string algorithm : {"HS256", "HS384", "HS512"}) {
            const std::string name(toText(kid));
            basket.addMade(algorithm + " empty key, " + name,
                           "HMAC under the empty key, which is that of up to 64 zero bytes as well (RFC 2104 "
                           "§2); header alg " +
                               algorithm + ", " + name,
                           macMaker(algorithm, "", macHeader(material, algorithm, kid)), payload, ownChanges);
        }
    return basket.take();
}

std::vector<Forgery> forgeWeakSecret(const Material& material)
{
    Basket basket;
    const std::string_view algorithm = material.algorithm()->name;
    basket.add("published secret",
               "signed anew with the secret that token guess-secret finds; header as it is",
               macToken(algorithm, material.guessedSecret->secret.reveal(), goodHeader(material).json(),
                        ownPayload(material)),
               ownChanges);
    return basket.take();
}

/// The names that tutorials and sample configurations give their secret, then published ones, as many as are
/// wanted.
static std::vector<std::string> commonSecrets(std::size_t count)
{
    std::vector<std::string> words{"secret",
                                   "your_secret_key",
                                   "your-256-bit-secret",
                                   "shared-secret",
                                   "supersecret",
                                   "changeme",
                                   "password",
                                   "jwt_secret",
                                   "jwtsecret",
                                   "my_secret",
                                   "mysecret",
                                   "secretkey",
                                   "secret_key",
                                   "your_jwt_secret",
                                   "test",
                                   "dev",
                                   "key",
                                   "jwt",
                                   "development",
                                   "token",
                                   "example_key",
                                   "secret123",
                                   "s3cr3t",
                                   "123456",
                                   "qwerty"};
    const inspect::WordSource published = words.size() < count ? inspect::publishedWords() : nullptr;
    for (std::string lines; words.size() < count && published(lines); lines.clear())
        for (std::string_view rest = lines; words.size() < count && !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string word(rest.substr(0, end));
            if (!word.empty() && std::ranges::find(words, word) == words.end())
                words.push_back(word);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    words.resize(std::min(count, words.size()));
    return words;
}

std::vector<Forgery> forgeLeftoverSecret(const Material& material)
{
    const std::vector<std::string> words = commonSecrets(std::min(material.commonSecrets, mostSecrets));
    Basket basket;
    const std::string payload = ownPayload(material);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string place = std::to_string(i + 1) + " of " + std::to_string(words.size());
        basket.addMade("HS256 common secret " +
                           place, // its number: a report must not say the secret that fits
                       "HMAC under a common secret in place of the key pair, " + place +
                           " (token guess-secret names it)",
                       macMaker("HS256", words[i], macHeader(material, "HS256")), payload, ownChanges);
    }
    return basket.take();
}

} // namespace claimcheck::audit
