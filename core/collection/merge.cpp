// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/merge.h>

#include <tuple>

namespace claimcheck::collection {

namespace {

class Merge
{
public:
    template <typename Field>
    void field(const Field& base, Field& mine, const Field& theirs)
    {
        if (mine == base)
            mine = theirs;
        else if (theirs != base && theirs != mine)
            m_isPossible = false;
    }

    bool isPossible() const { return m_isPossible; }

private:
    bool m_isPossible = true;
};

} // namespace

/// A body and its kind are one thing: text of the one under the kind of the other would be neither's.
static void mergeBody(Merge& merge, const Content& base, Content& mine, const Content& theirs)
{
    const auto body = [](const Content& content) {
        return std::tuple(content.entry.bodyKind, content.entry.body, content.entry.formFields,
                          content.entry.kept.body, content.details.parts, content.details.bodyFile,
                          content.details.bytes);
    };
    auto merged = body(mine);
    merge.field(body(base), merged, body(theirs));
    std::tie(mine.entry.bodyKind, mine.entry.body, mine.entry.formFields, mine.entry.kept.body,
             mine.details.parts, mine.details.bodyFile, mine.details.bytes) = merged;
}

/// So are the kind of an authorisation and its fields.
static void mergeAuth(Merge& merge, const Content& base, Content& mine, const Content& theirs)
{
    const auto auth = [](const Content& content) {
        return std::tuple(content.entry.auth, content.entry.kept.auth, content.details.credentials);
    };
    auto merged = auth(mine);
    merge.field(auth(base), merged, auth(theirs));
    std::tie(mine.entry.auth, mine.entry.kept.auth, mine.details.credentials) = merged;
}

/// So are the URL and the parameters in it.
static void mergeUrl(Merge& merge, const Content& base, Content& mine, const Content& theirs)
{
    const auto url = [](const Content& content) {
        return std::tuple(content.entry.url, content.details.parameters);
    };
    auto merged = url(mine);
    merge.field(url(base), merged, url(theirs));
    std::tie(mine.entry.url, mine.details.parameters) = merged;
}

std::optional<Content> merge(const Content& base, const Content& mine, const Content& theirs)
{
    Content merged = mine;
    Merge merge;
    const auto entry = [&](auto member) {
        merge.field(base.entry.*member, merged.entry.*member, theirs.entry.*member);
    };
    const auto detail = [&](auto member) {
        merge.field(base.details.*member, merged.details.*member, theirs.details.*member);
    };
    entry(&Entry::name);
    entry(&Entry::sequence);
    entry(&Entry::method);
    entry(&Entry::headers);
    entry(&Entry::variables);
    entry(&Entry::docs);
    detail(&Details::tags);
    detail(&Details::assertions);
    detail(&Details::captures);
    detail(&Details::scripts);
    detail(&Details::settings);
    detail(&Details::examples);
    mergeUrl(merge, base, merged, theirs);
    mergeBody(merge, base, merged, theirs);
    mergeAuth(merge, base, merged, theirs);
    merged.entry.kept.others = theirs.entry.kept.others;
    return merge.isPossible() ? std::optional(merged) : std::nullopt;
}

} // namespace claimcheck::collection
