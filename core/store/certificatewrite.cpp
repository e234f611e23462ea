// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/certificatewrite.h>

#include <algorithm>
#include <vector>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/filenames.h>
#include <store/onevariable.h>
#include <store/opencollection.h>
#include <store/ownfiles.h>
#include <store/rows.h>
#include <store/valueedit.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

using collection::ClientCertificate;
using MaybeCertificate = std::optional<ClientCertificate>;

constexpr const char* certificatesKey = "clientCertificates";

std::vector<std::string> placeOfCertificates(const std::string& file)
{
    return file == rootFile ? std::vector<std::string>{"config", certificatesKey}
                            : std::vector<std::string>{certificatesKey};
}

tl::unexpected<Error> certificateNotSaved(const ClientCertificate& certificate, std::string why,
                                          std::string fix)
{
    const std::string name =
        certificate.domain.empty() ? std::string() : " for " + visible(certificate.domain);
    return failure(ErrorKind::Refused, "cannot save the client certificate" + name, std::move(why),
                   std::move(fix));
}

/// As the schema wants it: PEM has a key beside it, PKCS#12 has it inside.
YamlOut certificateOut(const ClientCertificate& certificate)
{
    const bool isBundle = certificate.keyFile.empty();
    std::vector<YamlOutPair> pairs{
        {"domain", YamlOut::ofText(certificate.domain)},
        {"type", YamlOut::ofText(isBundle ? "pkcs12" : "pem")},
        {isBundle ? "pkcs12FilePath" : "certificateFilePath", YamlOut::ofText(certificate.certificateFile)}};
    if (!isBundle)
        pairs.push_back({"privateKeyFilePath", YamlOut::ofText(certificate.keyFile)});
    if (!certificate.passphrase.empty())
        pairs.push_back({"passphrase", YamlOut::ofText(certificate.passphrase)});
    if (!certificate.enabled)
        pairs.push_back({"disabled", YamlOut::ofWord("true")});
    return YamlOut::ofMapping(std::move(pairs));
}

/// What the item says of all that we would write, so that nothing but what differs is touched.
std::optional<YamlOut> certificateItemOut(const YamlValue& item)
{
    if (!item.isMapping())
        return std::nullopt;
    std::vector<YamlOutPair> pairs;
    for (const char* key :
         {"domain", "type", "certificateFilePath", "pkcs12FilePath", "privateKeyFilePath", "passphrase"})
        if (item.find(key))
            pairs.push_back({key, YamlOut::ofText(textAt(item, key))});
    if (const auto disabled = item.find("disabled"))
        pairs.push_back({"disabled", YamlOut::ofWord(disabled->isTrue() ? "true" : "false")});
    return YamlOut::ofMapping(std::move(pairs));
}

struct ListedCertificates
{
    std::vector<ClientCertificate> read;
    std::vector<YamlOut> written; ///< one for each
};

ListedCertificates listedIn(const YamlTree& tree, const std::string& file)
{
    ListedCertificates listed;
    std::optional<YamlValue> list = tree.root();
    for (const std::string& key : placeOfCertificates(file))
        list = list ? list->find(key) : std::nullopt;
    if (!list || !list->isSequence())
        return listed;
    for (const YamlValue& item : list->items())
        if (auto out = certificateItemOut(item)) {
            listed.read.push_back(readCertificate(item));
            listed.written.push_back(*std::move(out));
        }
    return listed;
}

/// False: `before` is not among them.
bool replaceIn(ListedCertificates& listed, const MaybeCertificate& before, const MaybeCertificate& after)
{
    if (!before) {
        listed.read.push_back(*after);
        listed.written.push_back(certificateOut(*after));
        return true;
    }
    const auto found = std::ranges::find(listed.read, *before);
    if (found == listed.read.end())
        return false;
    const auto at = listed.written.begin() + (found - listed.read.begin());
    if (after) {
        *found = *after;
        *at = certificateOut(*after);
    } else {
        listed.read.erase(found);
        listed.written.erase(at);
    }
    return true;
}

Result<void> checkCertificateFile(const std::string& directory, const ClientCertificate& certificate,
                                  const std::string& file)
{
    if (file.empty() || variables::hasVariable(file) || pathInside(directory, file))
        return {};
    return certificateNotSaved(certificate, visible(file) + " lies outside of the collection's folder",
                               "copy it there, and name it from there");
}

/// What would be refused when it is used is refused before it stands in a file.
Result<void> checkCertificate(const std::string& directory, const ClientCertificate& certificate,
                              const MaybeCertificate& before)
{
    if (certificate.domain.empty())
        return certificateNotSaved(certificate, "it is for no host", "name one, for example api.example.com");
    if (certificate.certificateFile.empty())
        return certificateNotSaved(certificate, "it has no file",
                                   "name a PEM file and that of its key, or a PKCS#12 file");
    const bool isAsBefore = before && before->passphrase == certificate.passphrase;
    if (!certificate.passphrase.empty() && !isAsBefore && !isOneVariable(certificate.passphrase))
        return certificateNotSaved(certificate, "its passphrase would stand in the file",
                                   "write it as {{name}}, and give the variable its value as a secret");
    for (const std::string* each : {&certificate.certificateFile, &certificate.keyFile})
        if (auto inside = checkCertificateFile(directory, certificate, *each); !inside)
            return inside;
    return {};
}

} // namespace

Result<std::string> withCertificate(const std::string& source, const std::string& file,
                                    const MaybeCertificate& before, const MaybeCertificate& after)
{
    if (before == after)
        return source;
    const auto tree = parseYaml(source, file, {});
    if (!tree)
        return tl::unexpected(tree.error());
    const ClientCertificate& named = after ? *after : *before;
    ListedCertificates listed = listedIn(**tree, file);
    if (!replaceIn(listed, before, after))
        return certificateNotSaved(named, "another program has changed it since it was read",
                                   "look at it as it is now, and change it again");
    // PEM instead of PKCS#12, or the other way round: hardly a line would stay, so the item is written anew.
    const bool isOtherKind = before && after && before->keyFile.empty() != after->keyFile.empty();
    const auto read = [&](const YamlValue& item) {
        const bool isReplaced = isOtherKind && item.isMapping() && readCertificate(item) == *before;
        return isReplaced ? std::optional(YamlOut::ofText({})) : certificateItemOut(item);
    };
    YamlEdit edit(**tree);
    editList(edit, **tree, placeOfCertificates(file), read, listed.written);
    auto text = edit.isEmpty() ? Result<std::string>(source) : edit.apply();
    if (!text)
        return text;
    const auto again = parseYaml(*text, file, {}); // nothing is written that would be read as something else
    if (!again)
        return tl::unexpected(again.error());
    if (listedIn(**again, file).read != listed.read)
        return certificateNotSaved(named, "it would not be read again as it was typed",
                                   "leave out control characters");
    return text;
}

Result<Change> changeCertificate(const std::string& directory, const std::string& file,
                                 const MaybeCertificate& before, const MaybeCertificate& after)
{
    Change change;
    change.what = "cannot save the client certificate";
    if (before == after)
        return change;
    if (after)
        if (const auto safe = checkCertificate(directory, *after, before); !safe)
            return tl::unexpected(safe.error());
    const auto path = pathInside(directory, file);
    if (!path)
        return tl::unexpected(path.error());
    const auto source = readIfThere(directory, file.c_str(), StoreLimits().bytes);
    if (!source)
        return tl::unexpected(source.error());
    if (!*source)
        return certificateNotSaved(after ? *after : *before, visible(file) + " is not there any more",
                                   "choose another environment, or open the collection again");
    auto text = withCertificate(**source, file, before, after);
    if (!text)
        return tl::unexpected(text.error());
    if (*text != **source)
        change.steps.push_back({Step::Kind::Rewrite, path->string(), {}, *source, *std::move(text), {}});
    return change;
}

} // namespace claimcheck::store
