// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// environment-drafts.json, and environment-drafts-2.json … of windows beside the first.

#include <store/environmentdrafts.h>

#include <store/jsonfile.h>
#include <store/redactdraft.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

void leaveOutSecrets(EnvironmentDraft& draft)
{
    for (variables::Variable& variable : draft.environment.variables) {
        if (variable.secret)
            variable.value.clear();
        else
            redactNamed(isSecretName(variable.name), variable.value);
    }
}

void write(json::Writer& writer, const EnvironmentDraft& draft)
{
    const collection::Environment& environment = draft.environment;
    writer.beginObject().member("collection").value(draft.collection).member("path").value(environment.path);
    writer.member("fingerprint").value(environment.fingerprint).member("name").value(environment.name);
    writer.member("extends").value(environment.extended);
    writer.member("dotEnvFile").value(environment.dotEnvFile).member("variables").beginArray();
    for (std::size_t i = 0; i < environment.variables.size(); ++i) {
        const variables::Variable& variable = environment.variables[i];
        writer.beginObject().member("name").value(variable.name).member("value").value(variable.value);
        writer.member("enabled").value(variable.enabled).member("secret").value(variable.secret);
        writer.member("type").value(i < draft.types.size() ? draft.types[i] : std::string()).endObject();
    }
    writer.endArray().endObject();
}

EnvironmentDraft read(const json::Value& object)
{
    EnvironmentDraft draft;
    draft.collection = textIn(object, "collection");
    draft.environment.path = textIn(object, "path");
    draft.environment.fingerprint = textIn(object, "fingerprint");
    draft.environment.name = textIn(object, "name");
    draft.environment.extended = textIn(object, "extends");
    draft.environment.dotEnvFile = textIn(object, "dotEnvFile");
    for (const json::Value& variable : itemsIn(object, "variables")) {
        draft.environment.variables.push_back({textIn(variable, "name"), textIn(variable, "value"),
                                               flagIn(variable, "enabled", true),
                                               flagIn(variable, "secret", false)});
        draft.types.push_back(textIn(variable, "type"));
    }
    return draft;
}

} // namespace

Result<std::vector<EnvironmentDraft>> loadEnvironmentDrafts(const std::string& directory, int number)
{
    const auto document = loadJsonFile(directory, numberedName(environmentDraftsStem, number) + ".json");
    if (!document)
        return tl::unexpected(document.error());
    std::vector<EnvironmentDraft> drafts;
    if (*document)
        for (const json::Value& environment : itemsIn((*document)->root(), "environments"))
            drafts.push_back(read(environment));
    return drafts;
}

Result<void> saveEnvironmentDrafts(const std::string& directory, std::vector<EnvironmentDraft> drafts,
                                   int number)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("environments").beginArray();
    for (EnvironmentDraft& draft : drafts) {
        leaveOutSecrets(draft);
        write(writer, draft);
    }
    writer.endArray().endObject();
    return saveJsonFile(directory, numberedName(environmentDraftsStem, number) + ".json", writer);
}

} // namespace claimcheck::store
