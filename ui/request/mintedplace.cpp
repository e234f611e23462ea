// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rule by which the token for a request is made stands beside its file and goes by its path: tabs show
// it, and say why it could not be written.

#include <request/mintedplace.h>

#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>

namespace claimcheck::ui {

/// Of several rules of one path the last counts, as in collection::mintedFor().
MintedPlace mintedPlace(const collection::Collection& collection, const std::string& path)
{
    MintedPlace place{collection.directory, path};
    for (const collection::MintedToken& rule : collection.minted)
        if (rule.path == path)
            place.rule = rule;
    return place;
}

/// What has no file yet, or one in another collection, has no rule.
std::optional<MintedPlace> RequestTabs::Private::mintedPlaceOf(const Tab& tab) const
{
    if (!collection || tab.path.empty() || !isOfOpenCollection(tab))
        return std::nullopt;
    return mintedPlace(*collection, tab.path);
}

void RequestTabs::sayMintedProblem(const std::string& path, const Error& error)
{
    if (const Tab* tab = d->find(path))
        tab->editor->sayMintedProblem(error);
}

} // namespace claimcheck::ui
