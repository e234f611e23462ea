// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <workbench/edits.h>

#include <algorithm>

#include <store/recording.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {
namespace {

tl::unexpected<Error> noCollection()
{
    return failure(ErrorKind::Usage, "cannot edit the tree", "no collection is open",
                   "open a collection, or make a new one");
}

} // namespace

Edits::Edits(Workbench& workbench, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_trash(std::string())
{
    connect(&workbench, &Workbench::collectionChanged, this, &Edits::changed);
}

void Edits::setTrash(const std::string& directory)
{
    m_trash = store::Trash(directory);
    m_trash.sweep(currentTime());
}

Edits::Done Edits::newFolder(const std::string& folder, const std::string& name)
{
    if (!m_workbench.collection())
        return noCollection();
    return run(Edit::NewFolder, {name}, store::newFolder(*m_workbench.collection(), m_trash, folder, name));
}

Edits::Done Edits::rename(const std::string& path, const std::string& name)
{
    if (!m_workbench.collection())
        return noCollection();
    return run(Edit::Rename, {path}, store::renameItem(*m_workbench.collection(), path, name));
}

Edits::Done Edits::move(const std::vector<std::string>& paths, const store::TreePlace& place)
{
    if (!m_workbench.collection())
        return noCollection();
    return run(Edit::Move, paths, store::moveItems(*m_workbench.collection(), paths, place));
}

Edits::Done Edits::duplicate(const std::vector<std::string>& paths)
{
    if (!m_workbench.collection())
        return noCollection();
    return run(Edit::Duplicate, paths, store::duplicateItems(*m_workbench.collection(), m_trash, paths));
}

Edits::Done Edits::remove(const std::vector<std::string>& paths)
{
    if (!m_workbench.collection())
        return noCollection();
    return run(Edit::Delete, paths, store::deleteItems(*m_workbench.collection(), m_trash, paths));
}

Edits::Done Edits::removeEnvironment(const std::string& path)
{
    if (!m_workbench.collection())
        return noCollection();
    const collection::Collection& open = *m_workbench.collection();
    const auto known = std::ranges::find(open.environments, path, &collection::Environment::path);
    const std::string name = known == open.environments.end() ? path : known->name;
    return runNamed({Edit::Delete, name, 1, {}}, store::deleteEnvironment(open, m_trash, path));
}

Edits::Done Edits::run(Edit edit, const std::vector<std::string>& paths, const Result<store::Change>& planned)
{
    const std::vector<std::string> outer = store::outermost(paths);
    const std::string name = outer.size() != 1         ? std::string()
                             : edit == Edit::NewFolder ? outer.front()
                                                       : nameOf(outer.front());
    return runNamed({edit, name, outer.size(), {}}, planned);
}

Edits::Done Edits::runNamed(Command command, const Result<store::Change>& planned)
{
    const Result<void> done = planned ? store::apply(*planned) : tl::unexpected(planned.error());
    if (!done) {
        readAnew();
        return tl::unexpected(done.error());
    }
    command.change = *planned;
    stack()->push(std::move(command));
    return finish(planned);
}

Edits::Done Edits::finish(const Result<store::Change>& applied)
{
    if (applied && !applied->moves.empty())
        Q_EMIT moved(applied->moves);
    if (!applied || !applied->isEmpty())
        readAnew();
    Q_EMIT changed();
    if (applied && !applied->isEmpty())
        Q_EMIT edited();
    return applied ? Done(applied->shown) : tl::unexpected(applied.error());
}

void Edits::readAnew()
{
    const std::string directory = m_workbench.collection()->directory;
    if (const auto read = m_workbench.openCollection(directory); !read)
        Q_EMIT m_workbench.collectionUnreadable(read.error());
}

/// As the tree calls it.
std::string Edits::nameOf(const std::string& path) const
{
    const collection::Collection& open = *m_workbench.collection();
    if (const collection::Item* item = collection::findItem(open, path))
        return item->entry.name;
    return collection::foldersAround(open, path + "/x").front()->name;
}

Result<std::string> Edits::saveItem(const std::string& folder, const collection::Item& item,
                                    store::FoundSecrets secrets)
{
    const std::string directory =
        m_workbench.collection() ? m_workbench.collection()->directory : std::string();
    auto before = item.path.empty() ? std::nullopt : store::bytesOf(directory, item.path);
    auto path = m_workbench.saveItem(folder, item, secrets);
    if (!path)
        return path;
    auto saved = store::recordSave(directory, *path, std::move(before));
    if (saved)
        push({Edit::Save, item.entry.name, 1, *std::move(saved)});
    else
        Q_EMIT edited(); // what cannot be taken back
    return path;
}

Result<void> Edits::saveDefaults(const std::string& folder, const store::Defaults& defaults)
{
    if (!m_workbench.collection())
        return noCollection();
    const std::string directory = m_workbench.collection()->directory;
    const std::string path = folder.empty() ? "opencollection.yml" : folder + "/folder.yml";
    auto before = store::bytesOf(directory, path);
    if (auto saved = store::saveDefaults(directory, folder, defaults); !saved)
        return saved;
    if (auto change = store::recordSave(directory, path, std::move(before))) {
        change->shown.clear(); // the tree has no row for the file itself
        change->before.clear();
        push({Edit::Save, defaults.name, 1, *std::move(change)});
    } else {
        Q_EMIT edited(); // what cannot be taken back
    }
    readAnew();
    return {};
}

void Edits::push(Command command)
{
    if (!m_workbench.collection())
        return;
    const bool isWritten = !command.change.isEmpty();
    stack()->push(std::move(command));
    Q_EMIT changed();
    if (isWritten)
        Q_EMIT edited();
}

const Command* Edits::undoable() const
{
    const UndoStack* own = stack();
    return own ? own->undoable() : nullptr;
}

const Command* Edits::redoable() const
{
    const UndoStack* own = stack();
    return own ? own->redoable() : nullptr;
}

Edits::Done Edits::undo()
{
    return m_workbench.collection() ? finish(stack()->undo()) : noCollection();
}

Edits::Done Edits::redo()
{
    return m_workbench.collection() ? finish(stack()->redo()) : noCollection();
}

UndoStack* Edits::stack()
{
    const auto& open = m_workbench.collection();
    return open ? &m_stacks[open->directory] : nullptr;
}

const UndoStack* Edits::stack() const
{
    const auto& open = m_workbench.collection();
    const auto found = open ? m_stacks.find(open->directory) : m_stacks.end();
    return found == m_stacks.end() ? nullptr : &found->second;
}

} // namespace claimcheck::workbench
