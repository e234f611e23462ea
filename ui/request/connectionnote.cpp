// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a collection says about connections counts without a word in the request: where it takes away what
// tells the server from others, each request that it counts for says so. It can be changed beside the
// request.

#include <base/text.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>

namespace claimcheck::ui {

/// Of a URL without TLS there is nothing to verify; one that begins with a variable may have it.
Note RequestTabs::Private::noteOfConnection(const Tab& tab) const
{
    if (!collection)
        return {};
    const collection::Item item = itemToSend(tab);
    const bool isVerified = collection::connectionFor(*collection, item).verify.value_or(true);
    if (isVerified || toLowerAscii(item.entry.url).starts_with("http://"))
        return {};
    return {
        Tone::Bad,
        QObject::tr("TLS is not verified"),
        QObject::tr("Anybody could be at the other end and read what is sent: verifyTls is false for this "
                    "request in .claimcheck/connections.yaml."),
        {}};
}

/// A rule is for a path: what has none yet, or one in another collection, gets none.
std::optional<ConnectionPlace> RequestTabs::Private::connectionOf(const Tab& tab) const
{
    if (!collection || tab.path.empty() || !isOfOpenCollection(tab))
        return std::nullopt;
    return connectionPlace(*collection, tab.path);
}

void RequestTabs::sayConnectionProblem(const std::string& path, const Error& error)
{
    if (const Tab* tab = d->find(path))
        tab->editor->sayConnectionProblem(error);
}

} // namespace claimcheck::ui
