// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the rules say of each token around the innermost one.

#include "layers.h"

#include <algorithm>
#include <tuple>

#include "rules.h"

namespace claimcheck::inspect {

static Context contextAt(std::size_t depth, const Context& outermost)
{
    Context context = depth == 0 ? outermost : Context{};
    if (depth > 0) {
        context.discoveredIssuer = outermost.discoveredIssuer;
        context.accessToken = outermost.accessToken;
        context.code = outermost.code;
        context.state = outermost.state;
        context.nonce = outermost.nonce;
        context.audience = outermost.audience;
        context.serverDate = outermost.serverDate;
        context.nonces = outermost.nonces;
    }
    context.layer = outermost.layer + static_cast<int>(depth);
    return context;
}

std::optional<Context> contextInside(const Opened& opened, const Context& outermost)
{
    return opened.around.empty() ? std::nullopt : std::optional(contextAt(opened.around.size(), outermost));
}

static std::vector<Finding> findingsOf(const Around& token, const Subject& innermost, const Context& context)
{
    Subject subject(token.token, innermost.now, token.token.payloadJson);
    subject.ring = innermost.ring;
    subject.facts = innermost.facts;
    subject.expectations = innermost.expectations;
    subject.context = &context;
    subject.signature = token.signature ? &*token.signature : nullptr;
    subject.opened = token.opened ? &*token.opened : nullptr;
    subject.openedWith = token.openedWith;
    subject.isAround = true;
    return findingsOf(subject);
}

void addFindingsAround(const std::vector<Around>& around, const Subject& innermost, const Context& outermost,
                       std::vector<Finding>& findings)
{
    if (around.empty())
        return;
    for (Finding& finding : findings) // a byte of the inner text is none of the text that was handed in
        finding.offset.reset();
    for (std::size_t i = 0; i < around.size(); ++i) {
        for (Finding& finding : findingsOf(around[i], innermost, contextAt(i, outermost))) {
            if (i > 0)
                finding.offset.reset();
            const bool isOfKey = finding.where.starts_with("key"); // one ring for all layers: told once
            if (!isOfKey)
                finding.where.insert(0, "layers[" + std::to_string(i) + "].");
            if (!isOfKey || std::ranges::find(findings, finding) == findings.end())
                findings.push_back(std::move(finding));
        }
    }
    std::ranges::sort(findings, [](const Finding& left, const Finding& right) {
        return std::tie(left.severity, left.id, left.offset, left.where) <
               std::tie(right.severity, right.id, right.offset, right.where);
    });
}

} // namespace claimcheck::inspect
