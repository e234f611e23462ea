// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question on the terminal whose answer is not shown. However it ends, also by Ctrl+C, the terminal is left
// as it was found.

#include "input.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <base/secret.h>

namespace claimcheck::cli {

namespace {

volatile std::sig_atomic_t caught = 0;
std::array<int, 2> bell{-1, -1}; // a pipe: what a signal writes is still there for who waits later

void remember(int signal)
{
    caught = signal;
    (void)!::write(bell[1], "!", 1);
}

/// The signals that would end the process end the waiting for a key instead, until this goes. One that comes
/// between the question and the waiting counts as well, whichever thread it is delivered to.
class HeldSignals
{
public:
    HeldSignals()
    {
        caught = 0;
        (void)!pipe2(bell.data(), O_CLOEXEC | O_NONBLOCK);
        struct sigaction action = {};
        action.sa_handler = remember;
        action.sa_flags = SA_RESTART;
        for (std::size_t index = 0; index < numbers.size(); ++index)
            sigaction(numbers[index], &action, &m_before[index]);
    }
    ~HeldSignals()
    {
        for (std::size_t index = 0; index < numbers.size(); ++index)
            sigaction(numbers[index], &m_before[index], nullptr);
        for (int& end : bell)
            close(std::exchange(end, -1));
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

private:
    static constexpr std::array<int, 4> numbers{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    std::array<struct sigaction, 4> m_before{};
};

class Terminal
{
public:
    Terminal() : m_descriptor(open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
        m_isThere = m_descriptor >= 0 && tcgetattr(m_descriptor, &m_before) == 0;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        hidden.c_cc[VSUSP] = _POSIX_VDISABLE; // Ctrl+Z would leave the shell without echo
        if (m_isThere)
            tcsetattr(m_descriptor, TCSAFLUSH, &hidden);
    }
    ~Terminal()
    {
        if (m_isThere)
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        if (m_descriptor >= 0)
            close(m_descriptor);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool isThere() const { return m_isThere; }
    void say(std::string_view text) const { (void)!::write(m_descriptor, text.data(), text.size()); }

    /// False when it ended before the line did.
    bool readLine(std::string& line) const
    {
        line.reserve(4096); // as much as a terminal keeps of a line: no copy is left behind by growing
        char letter = 0;
        while (isKeyTyped() && ::read(m_descriptor, &letter, 1) == 1) {
            if (letter == '\n')
                return true;
            line += letter;
        }
        return !line.empty() && caught == 0; // Ctrl+D twice ends a line too
    }

private:
    /// Waits for one; false after a signal.
    bool isKeyTyped() const
    {
        std::array<pollfd, 2> watched{{{m_descriptor, POLLIN, 0}, {bell[0], POLLIN, 0}}};
        // Without a pipe (no descriptor was left) the signal itself ends poll().
        while (caught == 0 && poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
        }
        return caught == 0 && watched[1].revents == 0;
    }

    int m_descriptor;
    bool m_isThere = false;
    termios m_before{};
};

} // namespace

static Result<std::string> ask(std::string_view prompt)
{
    const HeldSignals held;
    const Terminal terminal;
    if (!terminal.isThere())
        return failure(ErrorKind::Usage, "cannot ask for a secret", "there is no terminal",
                       "give it by an environment variable");
    terminal.say(prompt);
    std::string line;
    const bool isTyped = terminal.readLine(line);
    terminal.say("\n");
    if (isTyped)
        return line;
    wipe(line);
    return failure(ErrorKind::Cancelled, "nothing was typed", "the question was interrupted");
}

Result<std::string> askHidden(std::string_view prompt)
{
    auto line = ask(prompt);
    if (const int signal = caught; signal != 0 && signal != SIGINT)
        std::raise(signal); // the terminal is as it was: now it may end us
    return line;
}

} // namespace claimcheck::cli
