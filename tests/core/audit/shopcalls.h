// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests to the shop as everybody makes them, and a run of them to its end.

#pragma once

#include "shop.h"

#include <audit/matrixrun.h>

#include <QtCore/qeventloop.h>

#include <array>

namespace claimcheck::test {

inline audit::MatrixCall callAs(const Shop& shop, const std::string& who, const std::string& path,
                                const char* expected = "", const std::string& owner = {})
{
    audit::MatrixCall call;
    call.identity = who;
    call.owner = owner;
    call.target.name = path;
    call.target.request.url = shop.url(path);
    call.expected = collection::readExpectedAccess(expected);
    if (who == collection::anonymous)
        return call;
    call.target.token = Shop::tokenOf(who);
    call.target.request.headers.push_back({"Authorization", "Bearer " + call.target.token});
    return call;
}

/// A request as nobody, alice, bob and admin, with what is expected of each.
inline audit::MatrixTask taskFor(const Shop& shop, const std::string& path,
                                 const std::array<const char*, 4>& expected)
{
    static constexpr std::array<const char*, 4> names{"anonymous", "alice", "bob", "admin"};
    audit::MatrixTask task;
    task.name = path;
    for (std::size_t i = 0; i < names.size(); ++i)
        task.calls.push_back(callAs(shop, names[i], path, expected[i]));
    return task;
}

inline audit::MatrixSettings asFastAsItGoes()
{
    audit::MatrixSettings settings;
    settings.rate = 0;
    for (const char* who : {"alice", "bob", "admin"})
        settings.secrets.emplace_back(Shop::tokenOf(who));
    return settings;
}

/// To its end; the report.
inline audit::MatrixReport finished(audit::MatrixRun& run)
{
    audit::MatrixReport report;
    QEventLoop loop;
    QObject::connect(&run, &audit::MatrixRun::finished, &loop, [&](const audit::MatrixReport& made) {
        report = made;
        loop.quit();
    });
    if (run.start())
        loop.exec();
    return report;
}

inline audit::MatrixReport reportOf(std::vector<audit::MatrixTask> tasks,
                                    const audit::MatrixSettings& settings = asFastAsItGoes())
{
    audit::MatrixRun run(std::move(tasks), {"anonymous", "alice", "bob", "admin"}, settings);
    return finished(run);
}

/// The outcome of each cell of a row.
inline std::string fitsOf(const audit::MatrixRowReport& row)
{
    std::string text;
    for (const audit::MatrixCell& cell : row.cells)
        text += (text.empty() ? "" : " ") + std::string(toText(cell.fit));
    return text;
}

} // namespace claimcheck::test
