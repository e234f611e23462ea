// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// All that the file of a request says and an editor changes. Kept::body and Kept::auth are the words of a
// body and an authorisation that Entry has no enumerator for; what they say stands in Details.

#pragma once

#include <collection/collection.h>

namespace claimcheck::collection {

struct Content
{
    Entry entry;
    Details details;
    bool operator==(const Content&) const = default;
};

inline Content contentOf(const Item& item)
{
    return {item.entry, item.details};
}

} // namespace claimcheck::collection
