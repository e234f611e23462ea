// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A keychain's calls, waited for.

#pragma once

#include <optional>

#include <keychain/keychain.h>

#include <QtCore/qeventloop.h>
#include <QtCore/qobject.h>

namespace claimcheck::test {

inline Result<std::optional<Secret>> readFrom(keychain::Keychain& keychain, const keychain::Entry& entry)
{
    QEventLoop loop;
    Result<std::optional<Secret>> answer;
    keychain.read(entry, &loop, [&](Result<std::optional<Secret>> found) {
        answer = std::move(found);
        loop.quit();
    });
    loop.exec();
    return answer;
}

inline Result<void> writeTo(keychain::Keychain& keychain, const keychain::Entry& entry,
                            std::string_view value)
{
    QEventLoop loop;
    Result<void> answer;
    keychain.write(entry, Secret(value), &loop, [&](Result<void> done) {
        answer = std::move(done);
        loop.quit();
    });
    loop.exec();
    return answer;
}

inline Result<void> removeFrom(keychain::Keychain& keychain, const keychain::Entry& entry)
{
    QEventLoop loop;
    Result<void> answer;
    keychain.remove(entry, &loop, [&](Result<void> done) {
        answer = std::move(done);
        loop.quit();
    });
    loop.exec();
    return answer;
}

inline bool isOpen(keychain::Keychain& keychain)
{
    QEventLoop loop;
    bool answer = false;
    keychain.askIfOpen(&loop, [&](bool open) {
        answer = open;
        loop.quit();
    });
    loop.exec();
    return answer;
}

} // namespace claimcheck::test
