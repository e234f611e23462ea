// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "accesstasks.h"

#include <algorithm>

#include <audit/forgery.h>
#include <base/random.h>
#include <base/text.h>
#include <http/url.h>

namespace claimcheck::workbench {

namespace {

void eraseHeader(http::Request& request, std::string_view name)
{
    std::erase_if(request.headers,
                  [&](const http::Header& header) { return equalsIgnoringCase(header.name, name); });
}

/// Whose collection this is says nothing of who asks: what a client makes an Authorization of.
void eraseOwnersCredentials(http::Request& request)
{
    request.authentication = {};
    if (auto url = http::parseUrl(request.url); url && !url->userInfo.empty()) {
        url->userInfo.clear();
        request.url = http::toText(*url);
    }
}

/// The calls of one request.
class TaskMaker
{
public:
    TaskMaker(const AccessWish& wish, const collection::Item& item, const collection::MatrixRow* row)
        : m_wish(wish), m_item(item), m_row(row)
    {}

    Result<audit::MatrixTask> make()
    {
        m_task.name = m_item.path;
        m_task.canary = m_row != nullptr ? m_row->canary : "";
        if (mintedFor(m_wish.collection, m_item) != nullptr)
            return failure(ErrorKind::Usage, "cannot test " + visible(m_item.path),
                           "its token is made anew for each request, and is nobody's",
                           "take it out of the matrix");
        addNobody();
        for (const AccessIdentity& identity : m_wish.identities)
            addBase(identity);
        if (objects() != nullptr)
            for (const AccessIdentity& identity : m_wish.identities)
                for (const auto& [owner, id] : objects()->ids)
                    if (owner != identity.name && isChosen(owner))
                        addCall(identity, owner, id,
                                accessOf(objects()->others, identity.name)
                                    .value_or(collection::ExpectedAccess{collection::Access::Deny, 0}),
                                false);
        if (m_error)
            return tl::unexpected(*m_error);
        return std::move(m_task);
    }

private:
    const collection::OwnedObjects* objects() const
    {
        return m_row != nullptr && m_row->objects ? &*m_row->objects : nullptr;
    }
    bool isChosen(const std::string& name) const
    {
        return std::ranges::find(m_wish.columns, name) != m_wish.columns.end();
    }
    std::optional<collection::ExpectedAccess> expectedOf(std::string_view name) const
    {
        return m_row != nullptr ? accessOf(m_row->expected, name) : std::nullopt;
    }
    bool owns(const std::string& name) const
    {
        return objects() != nullptr &&
               std::ranges::any_of(objects()->ids, [&](const auto& id) { return id.first == name; });
    }
    /// One's own object, else the first one.
    std::string idFor(std::string_view name) const
    {
        if (objects() == nullptr)
            return {};
        for (const auto& [owner, id] : objects()->ids)
            if (owner == name)
                return id;
        return objects()->ids.front().second;
    }

    /// A cell, or for comparison alone: owners show what their objects look like.
    void addBase(const AccessIdentity& identity)
    {
        const auto expected = expectedOf(identity.name);
        if (expected || m_wish.isRecording)
            addCall(identity, {}, idFor(identity.name), expected, false);
        else if (owns(identity.name))
            addCall(identity, {}, idFor(identity.name), {}, true);
    }

    /// Built with a token that nobody has, which is then taken out together with every other credential.
    void addNobody()
    {
        const std::string name(collection::anonymous);
        const std::string nobodys = toHex(randomBytes(16));
        auto request = build(nullptr, nobodys, idFor(name));
        if (!request)
            return keep(request.error());
        audit::Forgery none;
        none.delivery.place = audit::Place::Nowhere;
        audit::Target target{
            m_item.path, audit::requestWith({m_item.path, *std::move(request), nobodys}, none, {}), {}};
        eraseHeader(target.request, "Authorization"); // a key of the application stays: it is everybody's
        eraseHeader(target.request, "Cookie");
        const bool isCell = isChosen(name) && (expectedOf(name) || m_wish.isRecording);
        m_task.calls.push_back({.identity = name,
                                .target = std::move(target),
                                .expected = expectedOf(name),
                                .isControl = !isCell});
    }

    void addCall(const AccessIdentity& identity, const std::string& owner, const std::string& id,
                 std::optional<collection::ExpectedAccess> expected, bool isControl)
    {
        const std::string token(identity.token.reveal());
        auto request = build(&identity, token, id);
        if (!request)
            return keep(request.error());
        if (!audit::carries(*request, token)) { // the file does not say where: as RFC 6750 §2.1 has it
            eraseHeader(*request, "Authorization");
            request->headers.push_back({"Authorization", "Bearer " + token});
        }
        m_task.calls.push_back({.identity = identity.name,
                                .owner = owner,
                                .target = {m_item.path, *std::move(request), token},
                                .expected = expected,
                                .isControl = isControl});
    }

    /// `identity`: null for nobody.
    Result<http::Request> build(const AccessIdentity* identity, const std::string& token,
                                const std::string& id) const
    {
        if (identity != nullptr && identity->problem)
            return tl::unexpected(*identity->problem);
        const collection::Collection& collection = m_wish.collection;
        run::Values values = m_wish.valuesFor(m_item);
        std::vector<variables::Variable> own{{"token", token, true, false, true}};
        if (objects() != nullptr)
            own.push_back({objects()->variable, id});
        values.scopes.insert(values.scopes.begin(), {"the matrix", own});
        auto request = run::prepare(collection, m_item, values);
        if (!request)
            return request;
        if (m_wish.addOwn)
            m_wish.addOwn(*request);
        eraseOwnersCredentials(*request);
        // Both are looked at before one of them refuses: there is one question for what goes to one place.
        const bool isBound = identity != nullptr && identity->allowed;
        const Result<void> allowed = isBound ? identity->allowed(m_item, *request) : Result<void>();
        const run::Release release = run::releaseFor(*request, m_wish.connection, m_wish.guard, run::prepare,
                                                     collection, m_item, values);
        if (!release.secrets.empty() && m_wish.heldBack)
            m_wish.heldBack(m_item, release);
        if (!allowed)
            return tl::unexpected(allowed.error());
        if (release.secrets.empty())
            return request;
        Error error = run::notReleased(release);
        if (!m_wish.howToRelease.empty())
            error.fix = m_wish.howToRelease;
        return tl::unexpected(error);
    }

    void keep(const Error& error)
    {
        if (!m_error)
            m_error = error;
    }

    const AccessWish& m_wish;
    const collection::Item& m_item;
    const collection::MatrixRow* m_row;
    audit::MatrixTask m_task;
    std::optional<Error> m_error;
};

/// Whoever renames a request elsewhere, or breaks its file, would lose its row without a word.
Result<void> checkRowsExist(const AccessWish& wish)
{
    for (const collection::MatrixRow& row : wish.matrix.rows) {
        const collection::Item* item = findItem(wish.collection, row.request);
        if (item == nullptr)
            return failure(ErrorKind::Usage, "cannot test " + visible(row.request),
                           "the matrix names it, and the collection has no such request",
                           "correct its path in the matrix");
        if (item->problem) {
            Error error = *item->problem;
            error.kind = ErrorKind::Unreadable;
            return tl::unexpected(error);
        }
    }
    return {};
}

} // namespace

Result<AccessTasks> accessTasks(const AccessWish& wish)
{
    if (const auto known = checkRowsExist(wish); !known)
        return tl::unexpected(known.error());
    if (wish.isRecording) // everybody has a cell of each request
        for (const AccessIdentity& identity : wish.identities)
            if (identity.problem)
                return tl::unexpected(*identity.problem);
    AccessTasks made;
    std::size_t unnamed = 0;
    for (const collection::Item* item : wish.items) {
        const collection::MatrixRow* row = findRow(wish.matrix, item->path);
        if (row == nullptr && !wish.isRecording) {
            ++unnamed;
            continue;
        }
        const bool isHarmless = audit::isHarmless(item->entry.method);
        const auto leaveOut = [&](const std::string& why, const Error& error) {
            made.leftOut.push_back(
                {item->path, isHarmless, error, visible(item->path) + " is left out: " + why});
        };
        if (!isHarmless && !wish.mayWrite) {
            const std::string why = "its method may change something";
            leaveOut(why + wish.howToWrite,
                     {ErrorKind::Refused, "cannot test " + visible(item->path), why, {}, std::nullopt});
            continue;
        }
        auto task = TaskMaker(wish, *item, row).make();
        if (!task && row != nullptr)
            return tl::unexpected(task.error());
        if (!task)
            leaveOut(describe(task.error()), task.error());
        else if (task->calls.size() > 1 || !task->calls.front().isControl)
            made.tasks.push_back(*std::move(task));
    }
    if (unnamed > 0)
        made.notes.push_back(std::to_string(unnamed) + (unnamed == 1 ? " request is" : " requests are") +
                             " not in the matrix");
    return made;
}

} // namespace claimcheck::workbench
