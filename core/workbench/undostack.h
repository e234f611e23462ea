// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was done to the files of one collection, so that it can be taken back, the latest first, and done
// again. Nothing is remembered about the files themselves: each command finds out whether they are still as
// it left them.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <store/treechange.h>

namespace claimcheck::workbench {

enum class Edit
{
    Save,
    Connection,  ///< how servers are reached, of what has the name
    Minted,      ///< how the token for what has the name is made
    Certificate, ///< of a client, for what has the name
    NewFolder,
    Rename,
    Move,
    Duplicate,
    Delete,
    Paste,
    Import
};

struct Command
{
    Edit edit = Edit::Save;
    std::string name;      ///< of what it was done to, where that was one thing
    std::size_t count = 1; ///< to how many
    store::Change change;
};

class UndoStack
{
public:
    /// What could be done again is forgotten; the oldest goes where there are more than a hundred, or where
    /// they hold more than 64 MiB of text.
    void push(Command command);

    const Command* undoable() const; ///< none: nullptr
    const Command* redoable() const;

    /// Gives what was applied. A command that is refused, since files are not as it left them, is dropped; it
    /// stays where the disk was full or a folder could not be written.
    Result<store::Change> undo();
    Result<store::Change> redo();

private:
    void trim();

    std::vector<Command> m_commands;
    std::size_t m_done = 0; ///< how many of them are done; the others were taken back
};

} // namespace claimcheck::workbench
