// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <workbench/undostack.h>

namespace claimcheck::workbench {
namespace {

constexpr std::size_t mostCommands = 100;
constexpr std::size_t mostBytes = 64u * 1024u * 1024u;

std::size_t bytesOf(const Command& command)
{
    std::size_t bytes = 0;
    for (const store::Step& step : command.change.steps)
        bytes += (step.before ? step.before->size() : 0) + (step.after ? step.after->size() : 0);
    return bytes;
}

tl::unexpected<Error> nothing(const char* what)
{
    return failure(ErrorKind::Usage, what, "there is nothing left");
}

} // namespace

void UndoStack::push(Command command)
{
    if (command.change.isEmpty())
        return;
    m_commands.resize(m_done);
    m_commands.push_back(std::move(command));
    m_done = m_commands.size();
    trim();
}

void UndoStack::trim()
{
    std::size_t bytes = 0;
    std::size_t kept = 0;
    while (kept < m_commands.size() && kept < mostCommands) {
        bytes += bytesOf(m_commands[m_commands.size() - 1 - kept]);
        if (bytes > mostBytes && kept > 0)
            break;
        ++kept;
    }
    m_commands.erase(m_commands.begin(), m_commands.end() - static_cast<std::ptrdiff_t>(kept));
    m_done = m_commands.size();
}

const Command* UndoStack::undoable() const
{
    return m_done == 0 ? nullptr : &m_commands[m_done - 1];
}

const Command* UndoStack::redoable() const
{
    return m_done == m_commands.size() ? nullptr : &m_commands[m_done];
}

Result<store::Change> UndoStack::undo()
{
    if (m_done == 0)
        return nothing("cannot undo");
    store::Change back = store::inverse(m_commands[m_done - 1].change);
    if (const auto done = store::apply(back); !done) {
        // Whatever was taken back after it was done on top of it.
        if (done.error().kind == ErrorKind::Refused)
            m_commands.resize(--m_done);
        return tl::unexpected(done.error());
    }
    --m_done;
    return back;
}

Result<store::Change> UndoStack::redo()
{
    if (m_done == m_commands.size())
        return nothing("cannot redo");
    store::Change again = m_commands[m_done].change;
    if (const auto done = store::apply(again); !done) {
        if (done.error().kind == ErrorKind::Refused)
            m_commands.resize(m_done);
        return tl::unexpected(done.error());
    }
    ++m_done;
    return again;
}

} // namespace claimcheck::workbench
