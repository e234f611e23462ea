// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A shop to test access with: alice and bob have an order each, admin may see all; and what it does wrong, a
// test says.

#pragma once

#include <listen/listenerthread.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace claimcheck::test {

class Shop
{
public:
    /// Gets who asks (empty: nobody who is known), what for, and the number of the request, from 1; nothing:
    /// the shop answers as it should.
    using Mistake = std::function<std::optional<listen::ListenerResponse>(
        const std::string& who, const std::string& path, int count)>;

    explicit Shop(Mistake mistake = {})
        : m_mistake(std::move(mistake)),
          m_listener([this](const listen::ListenerRequest& request) { return take(request); })
    {
        static_cast<void>(m_listener.listen());
    }
    std::string url(const std::string& path) const { return m_listener.url() + path; }
    std::vector<listen::ListenerRequest> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

    static std::string tokenOf(const std::string& who) { return who + "-token-0123456789"; }
    static listen::ListenerResponse answer(int status, const std::string& body)
    {
        listen::ListenerResponse response;
        response.status = status;
        response.body = body;
        return response;
    }

private:
    listen::ListenerResponse take(const listen::ListenerRequest& request)
    {
        int count = 0;
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
            count = static_cast<int>(m_requests.size());
        }
        std::string who;
        for (const char* name : {"alice", "bob", "admin"})
            if (request.header("Authorization") == "Bearer " + tokenOf(name))
                who = name;
        if (m_mistake)
            if (auto response = m_mistake(who, request.path, count))
                return *response;
        return asItShould(who, request.path);
    }

    static listen::ListenerResponse asItShould(const std::string& who, const std::string& path)
    {
        if (path == "/open")
            return answer(200, R"({"shop":"open"})");
        if (who.empty())
            return answer(401, R"({"error":"unauthorized"})");
        if (path == "/orders")
            return answer(200, R"({"orders":"of )" + who + R"("})");
        if (path == "/users" && who != "admin")
            return answer(403, R"({"error":"forbidden"})");
        if (path == "/users")
            return answer(200, R"({"users":["alice","bob"]})");
        const std::string owner = path == "/orders/1" ? "alice" : path == "/orders/2" ? "bob" : "";
        if (owner.empty() || (who != owner && who != "admin"))
            return answer(404, R"({"error":"not found"})");
        return answer(200, R"({"id":")" + path.substr(8) + R"(","owner":")" + owner + R"("})");
    }

    Mistake m_mistake;
    mutable std::mutex m_mutex;
    std::vector<listen::ListenerRequest> m_requests;
    listen::ListenerThread m_listener;
};

} // namespace claimcheck::test
