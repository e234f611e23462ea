// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "input.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace claimcheck::cli {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_number > STDERR_FILENO)
            close(m_number);
    }
    int number() const { return m_number; }

private:
    int m_number;
};

/// "cannot read key file server.pem", "cannot read token from standard input"
std::string cannotRead(std::string_view what, const std::string& path)
{
    return "cannot read " + std::string(what) + (path == "-" ? " from standard input" : " " + path);
}

tl::unexpected<Error> unreadable(std::string_view what, const std::string& path, int code)
{
    return failure(ErrorKind::Unreadable, cannotRead(what, path), std::strerror(code),
                   code == ENOENT ? "check the path" : "check what it is and its permissions");
}

Result<std::string> readAll(int descriptor, std::string_view what, const std::string& path, std::size_t limit)
{
    std::string bytes;
    char chunk[65536];
    for (;;) {
        const ssize_t count = ::read(descriptor, chunk, sizeof chunk);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return unreadable(what, path, errno);
        if (count == 0)
            return bytes;
        bytes.append(chunk, static_cast<std::size_t>(count));
        if (bytes.size() > limit)
            return failure(ErrorKind::Unreadable, cannotRead(what, path),
                           "it has more than " + std::to_string(limit) + " bytes",
                           "check that it is the right one");
    }
}

/// Once: the second to ask would get nothing, and judge that.
Result<std::string> readStandardInput(std::string_view what, std::size_t limit)
{
    static std::string readAs;
    if (!readAs.empty())
        return failure(ErrorKind::Usage, cannotRead(what, "-"), "it was already read as " + readAs,
                       "give one of the two as a file");
    readAs = what;
    return readAll(STDIN_FILENO, what, "-", limit);
}

} // namespace

Result<std::string> readFile(const std::string& path, std::string_view what, std::size_t limit)
{
    if (path == "-")
        return readStandardInput(what, limit);
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0)
        return unreadable(what, path, errno);
    return readAll(file.number(), what, path, limit);
}

Result<std::string> readArgument(const std::string& argument, std::string_view what, std::size_t limit)
{
    if (argument == "-")
        return readFile(argument, what, limit);
    if (argument.starts_with('@'))
        return readFile(argument.substr(1), what, limit);
    return argument;
}

/// As a shell takes it (POSIX.1 §8.1): letters, digits and underscores, no digit in front.
static bool isVariableName(const std::string& name)
{
    static constexpr std::string_view marks =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    return !name.empty() && (name.front() < '0' || name.front() > '9') &&
           name.find_first_not_of(marks) == std::string::npos;
}

Result<std::string> readEnvironment(const std::string& name, std::string_view what)
{
    const char* value = std::getenv(name.c_str());
    if (value == nullptr && !isVariableName(name)) // it may be the secret itself, which no error repeats
        return failure(ErrorKind::Usage, "cannot read the " + std::string(what),
                       "what is given is no name of an environment variable",
                       "give the variable's name, and the value in the variable");
    if (value == nullptr)
        return failure(ErrorKind::Usage, "cannot read the " + std::string(what),
                       "the environment variable " + name + " is not set", "set it, or name another one");
    return std::string(value);
}

} // namespace claimcheck::cli
