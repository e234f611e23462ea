// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli on a terminal of its own, as a person has it before them: what it shows comes as one stream,
// what is typed goes in as keys, Ctrl+C included. The test's event loop runs meanwhile.

#pragma once

#include <support/commandline.h>
#include <support/signals.h>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qsocketnotifier.h>
#include <QtTest/qtest.h>

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace claimcheck::test {

class Terminal
{
public:
    explicit Terminal(const QStringList& arguments)
    {
        std::vector<std::string> texts{commandLineProgram().toStdString()};
        for (const QString& argument : arguments)
            texts.push_back(argument.toStdString());
        std::vector<char*> pointers;
        for (std::string& text : texts)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        m_child = forkpty(&m_master, nullptr, nullptr, nullptr);
        if (m_child < 0)
            qFatal("no terminal could be had: is /dev/pts there?");
        if (m_child == 0) {
            sigset_t none; // QtTest blocks the signals that it watches itself
            sigemptyset(&none);
            sigprocmask(SIG_SETMASK, &none, nullptr);
            execv(pointers[0], pointers.data());
            _exit(127);
        }
        fcntl(m_master, F_SETFL, O_NONBLOCK);
    }
    ~Terminal()
    {
        if (m_status < 0) {
            signalChild(m_child, SIGKILL);
            waitpid(m_child, nullptr, 0);
        }
        close(m_master);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void type(std::string_view keys) { (void)!write(m_master, keys.data(), keys.size()); }
    static constexpr std::string_view controlC = "\x03";

    /// Whether it shows these words soon.
    bool shows(std::string_view words)
    {
        return QTest::qWaitFor([&] { return readAll().find(words) != std::string::npos; }, 20'000);
    }
    /// The exit status; -1 when it does not end.
    int status()
    {
        (void)QTest::qWaitFor([&] { return readAll(), hasEnded(); }, 20'000);
        return m_status;
    }
    /// All that was shown until now, without the carriage returns that a terminal adds.
    const std::string& text() { return readAll(); }

    /// What is typed is shown.
    bool echoes() const
    {
        termios state{};
        return tcgetattr(m_master, &state) == 0 && (state.c_lflag & ECHO) != 0;
    }

private:
    const std::string& readAll()
    {
        std::array<char, 4096> piece{};
        for (ssize_t count = 0; (count = read(m_master, piece.data(), piece.size())) > 0;)
            for (const char c : std::string_view(piece.data(), static_cast<std::size_t>(count)))
                if (c != '\r')
                    m_text += c;
        return m_text;
    }
    bool hasEnded()
    {
        int state = 0;
        if (m_status < 0 && waitpid(m_child, &state, WNOHANG) == m_child)
            m_status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
        return m_status >= 0 && !readAll().empty();
    }

    int m_master = -1;
    pid_t m_child = -1;
    int m_status = -1;
    std::string m_text;
};

} // namespace claimcheck::test
