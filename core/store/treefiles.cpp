// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests name files that they send, environments and opencollection.yml name certificates: by the path from
// the collection's folder, wherever they stand themselves (docs/collections.md). Such a path goes along with
// the folder that the file lies in; a request that is moved names what it named before.

#include <store/filenames.h>
#include <store/treeplan.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/ownfiles.h>
#include <store/rows.h>
#include <store/yamledit.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;

/// What names files in one file, each place once.
class NamedFiles
{
public:
    explicit NamedFiles(const Moves& moves) : m_moves(moves) {}

    void addEnvironment(const YamlValue& root)
    {
        addKey(root, "dotEnvFilePath");
        addCertificates(root);
    }

    void addCollection(const YamlValue& root)
    {
        if (const auto config = root.find("config"))
            addCertificates(*config);
    }

    /// Of all variants of the body: another one may be chosen later.
    void addRequest(const YamlValue& root)
    {
        const auto http = root.find("http");
        const auto body = http ? http->find("body") : std::nullopt;
        if (!body)
            return;
        addBody(*body);
        for (const YamlValue& variant : body->items())
            if (const auto inner = variant.find("body"))
                addBody(*inner);
    }

    void follow(YamlEdit& edit) const
    {
        for (const TextPlace& place : m_places)
            if (const auto now = movedFile(m_moves, place.value.text()))
                edit.replaceScalar(place.value, YamlOut::ofText(*now), place.column);
    }

private:
    void addPlace(const TextPlace& place)
    {
        if (place.value.isScalar() && m_known.insert(place.value.node().begin).second)
            m_places.push_back(place);
    }

    void addKey(const YamlValue& mapping, std::string_view key)
    {
        if (const auto place = textPlace(mapping, key))
            addPlace(*place);
    }

    void addCertificates(const YamlValue& around)
    {
        const auto list = around.find("clientCertificates");
        if (!list || !list->isSequence())
            return;
        for (const YamlValue& item : list->items())
            for (const char* key : {"certificateFilePath", "privateKeyFilePath", "pkcs12FilePath"})
                addKey(item, key);
    }

    void addBody(const YamlValue& body)
    {
        const auto data = body.find("data");
        if (!data || !data->isSequence())
            return;
        const std::string type = textAt(body, "type");
        for (const YamlValue& item : data->items())
            if (type == "file")
                addKey(item, "filePath");
            else if (type == "multipart-form" && textAt(item, "type") == "file")
                addPart(item);
    }

    void addPart(const YamlValue& part)
    {
        const auto value = part.find("value");
        if (!value)
            return;
        addPlace({*value, part.node().column});
        for (const YamlValue& each : value->items())
            addPlace({each, each.node().column});
    }

    const Moves& m_moves;
    std::vector<TextPlace> m_places;
    std::set<std::size_t> m_known;
};

using AddNamed = void (NamedFiles::*)(const YamlValue&);

/// What does not parse is never rewritten.
Result<std::string> withMovedFiles(const std::string& text, const std::string& file, const Moves& moves,
                                   AddNamed add)
{
    const auto tree = parseYaml(text, file, {});
    if (!tree)
        return text;
    NamedFiles named(moves);
    (named.*add)((*tree)->root());
    YamlEdit edit(**tree);
    named.follow(edit);
    return edit.isEmpty() ? Result<std::string>(text) : edit.apply();
}

/// What cannot be read, or leads out of the collection, is not sent either.
Result<void> followFilesIn(const Collection& collection, Change& change, const std::string& file,
                           AddNamed add)
{
    const auto path = pathInside(collection.directory, file);
    const auto text = path ? textAfter(change, path->string()) : tl::unexpected(path.error());
    if (!text || text->find("ile") == std::string::npos) // "file", "filePath", "certificateFilePath" …
        return {};
    Result<std::string> after = withMovedFiles(*text, file, change.moves, add);
    if (!after) {
        after.error().what = change.what;
        return tl::unexpected(after.error());
    }
    rewriteBeforeMoves(change, path->string(), *text, *std::move(after));
    return {};
}

Result<void> followFilesBelow(const Collection& collection, Change& change, const collection::Folder& folder)
{
    for (const collection::Item& item : folder.items)
        if (auto done = item.problem ? Result<void>()
                                     : followFilesIn(collection, change, item.path, &NamedFiles::addRequest);
            !done)
            return done;
    for (const collection::Folder& inner : folder.folders)
        if (auto done = followFilesBelow(collection, change, inner); !done)
            return done;
    return {};
}

void followPath(const Moves& moves, std::string& path)
{
    if (auto now = movedFile(moves, path))
        path = *std::move(now);
}

} // namespace

std::optional<std::string> movedFile(const Moves& moves, const std::string& named)
{
    const fs::path path{std::string(trimmed(named))};
    const bool climbs = std::find(path.begin(), path.end(), fs::path("..")) != path.end();
    if (path.empty() || path.is_absolute() || (climbs && variables::hasVariable(named)))
        return std::nullopt;
    const std::string plain = rulePathOf(path.lexically_normal().string());
    std::string now = moved(moves, plain);
    return now == plain ? std::nullopt : std::optional(std::move(now));
}

Result<std::string> textAfter(const Change& change, const std::string& path)
{
    const auto planned = std::find_if(change.steps.begin(), change.steps.end(), [&path](const Step& step) {
        return step.kind == Step::Kind::Rewrite && step.path == path && step.after;
    });
    return planned == change.steps.end() ? readFile(path, StoreLimits().bytes)
                                         : Result<std::string>(*planned->after);
}

void rewriteBeforeMoves(Change& change, const std::string& path, const std::string& before, std::string after)
{
    if (before == after)
        return;
    for (Step& step : change.steps)
        if (step.kind == Step::Kind::Rewrite && step.path == path) {
            step.after = std::move(after);
            return;
        }
    const auto firstMove = std::find_if(change.steps.begin(), change.steps.end(),
                                        [](const Step& step) { return step.kind == Step::Kind::Move; });
    change.steps.insert(firstMove, Step{Step::Kind::Rewrite, path, {}, before, std::move(after), {}});
}

void followFiles(const Moves& moves, collection::Details& details)
{
    if (details.bodyFile)
        followPath(moves, details.bodyFile->path);
    for (collection::Part& part : details.parts)
        if (part.isFile)
            for (std::string& path : part.values)
                followPath(moves, path);
}

void followFiles(const Moves& moves, collection::Environment& environment)
{
    followPath(moves, environment.dotEnvFile);
    for (collection::ClientCertificate& certificate : environment.certificates) {
        followPath(moves, certificate.certificateFile);
        followPath(moves, certificate.keyFile);
    }
}

Result<void> moveFiles(const Collection& collection, Change& change)
{
    if (change.moves.empty())
        return {};
    auto done = followFilesIn(collection, change, rootFile, &NamedFiles::addCollection);
    for (const collection::Environment& environment : collection.environments)
        if (done)
            done = followFilesIn(collection, change, environment.path, &NamedFiles::addEnvironment);
    return done ? followFilesBelow(collection, change, collection.root) : done;
}

} // namespace claimcheck::store
