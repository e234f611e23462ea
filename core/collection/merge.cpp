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
static void mergeBody(Merge& merge, const Entry& base, Entry& mine, const Entry& theirs)
{
    const auto body = [](const Entry& entry) {
        return std::tuple(entry.bodyKind, entry.body, entry.formFields, entry.kept);
    };
    auto merged = body(mine);
    merge.field(body(base), merged, body(theirs));
    std::tie(mine.bodyKind, mine.body, mine.formFields, mine.kept) = merged;
}

std::optional<Entry> merge(const Entry& base, const Entry& mine, const Entry& theirs)
{
    Entry merged = mine;
    Merge merge;
    merge.field(base.name, merged.name, theirs.name);
    merge.field(base.sequence, merged.sequence, theirs.sequence);
    merge.field(base.method, merged.method, theirs.method);
    merge.field(base.url, merged.url, theirs.url);
    merge.field(base.headers, merged.headers, theirs.headers);
    merge.field(base.auth, merged.auth, theirs.auth);
    merge.field(base.variables, merged.variables, theirs.variables);
    merge.field(base.docs, merged.docs, theirs.docs);
    mergeBody(merge, base, merged, theirs);
    return merge.isPossible() ? std::optional(merged) : std::nullopt;
}

} // namespace claimcheck::collection
