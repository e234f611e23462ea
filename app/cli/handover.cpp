// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "handover.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include <unistd.h>

namespace claimcheck::cli {

/// The folder of the running program, whatever name or link it was started by.
static std::string ownFolder()
{
    std::array<char, PATH_MAX> path{};
    const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
    const std::string program(path.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    return program.substr(0, program.rfind('/') + 1);
}

std::string networkProgram()
{
    const std::string folder = ownFolder();
    std::string beside = folder + "claimcheck-cli-network";
    return access(beside.c_str(), F_OK) == 0 ? beside
                                             : folder + "../libexec/claimcheck/claimcheck-cli-network";
}

Error handOver(const char* const* argv)
{
    const std::string program = networkProgram();
    // execv takes them as they are and writes to none of them; its type is older than const.
    execv(program.c_str(), const_cast<char* const*>(argv));
    return {ErrorKind::Unreadable, "cannot start " + program, std::strerror(errno),
            "it is the part of Claimcheck that reaches servers: install Claimcheck again"};
}

} // namespace claimcheck::cli
