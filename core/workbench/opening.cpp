// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening collections, and taking in what other programs do to their files.

#include "workbenchprivate.h"

#include <filesystem>

#include <base/text.h>
#include <store/opencollection.h>

namespace claimcheck::workbench {
namespace {

/// What the window goes on showing has to be said.
Error stillShown(Error error)
{
    error.why += "; what is shown is what was read before";
    return error;
}

} // namespace

Result<void> Workbench::openCollection(const std::string& directory)
{
    std::error_code error;
    const bool isOpen =
        d->collection && std::filesystem::equivalent(directory, d->collection->directory, error);
    Result<store::Reading> reading =
        store::readCollection(directory, isOpen ? *d->files : store::KnownFiles());
    store::ReadingChange change = store::ReadingChange::Different;
    if (reading && isOpen)
        change = complete(*reading, *d->collection);
    if (change == store::ReadingChange::Outdated)
        reading = store::readCollection(directory);
    if (!reading)
        return tl::unexpected(reading.error());
    d->reading.cancel(); // what reads beside this began before
    takeReading(*std::move(reading), change != store::ReadingChange::None);
    Q_EMIT collectionChanged();
    return {};
}

Result<void> Workbench::createCollection(const std::string& directory, const std::string& name)
{
    if (auto created = store::createCollection(directory, name); !created)
        return tl::unexpected(created.error());
    d->wanted.clear();
    return openCollection(directory);
}

void Workbench::openBeside(const std::string& directory)
{
    const auto progress = std::make_shared<store::ReadingProgress>();
    d->opening.begin(progress);
    connect(d->opening.timer.get(), &QTimer::timeout, this, [this, progress] {
        Q_EMIT openingProgressed(static_cast<int>(progress->read), static_cast<int>(progress->files));
    });
    d->opening.job.run([directory, progress] { return store::readCollection(directory, {}, progress.get()); },
                       [this, directory](Result<store::Reading> reading) {
                           d->opening.end();
                           if (reading) {
                               d->reading.cancel();
                               takeReading(*std::move(reading), true);
                               Q_EMIT collectionChanged();
                           }
                           Q_EMIT openingEnded(toQString(directory),
                                               reading ? std::nullopt : std::optional(reading.error()));
                       });
}

void Workbench::watchFiles()
{
    d->watch = std::make_unique<store::FolderWatch>();
    connect(d->watch.get(), &store::FolderWatch::changed, this, &Workbench::readAnew);
    watchOpenFolder();
}

/// What changed before the folder was watched is read, too.
void Workbench::watchOpenFolder()
{
    if (!d->watch || !d->collection || d->watch->root() == d->collection->directory)
        return;
    d->watch->watch(d->collection->directory);
    readAnew();
}

void Workbench::takeReading(store::Reading reading, bool isDifferent)
{
    d->files = std::make_shared<const store::KnownFiles>(std::move(reading.files));
    if (d->collection && d->collection->directory != reading.collection.directory)
        endPreparing(); // its secrets are the other collection's
    if (isDifferent)
        d->collection = std::move(reading.collection);
    selectEnvironment(d->wanted);
    watchOpenFolder();
    if (std::exchange(d->problem, std::nullopt))
        Q_EMIT collectionReadable();
}

void Workbench::readAnew()
{
    if (!d->collection)
        return;
    d->changedMeanwhile = d->reading.isRunning();
    if (d->reading.isRunning())
        return;
    const auto progress = std::make_shared<store::ReadingProgress>();
    d->reading.begin(progress);
    d->reading.job.run([directory = d->collection->directory, known = d->files,
                        progress] { return store::readCollection(directory, *known, progress.get()); },
                       [this](Result<store::Reading> reading) {
                           d->reading.end();
                           takeChanges(std::move(reading));
                           if (std::exchange(d->changedMeanwhile, false))
                               readAnew();
                       });
}

/// A folder that cannot be read, or is gone, is shown as it was until it can.
void Workbench::takeChanges(Result<store::Reading> reading)
{
    if (!reading) {
        const bool isNew = d->problem != reading.error();
        d->problem = reading.error();
        if (isNew)
            Q_EMIT collectionUnreadable(stillShown(reading.error()));
        return;
    }
    const store::ReadingChange change = complete(*reading, *d->collection);
    if (change == store::ReadingChange::Outdated) {
        d->files = std::make_shared<const store::KnownFiles>();
        d->changedMeanwhile = true;
        return;
    }
    takeReading(*std::move(reading), change == store::ReadingChange::Different);
    if (change == store::ReadingChange::Different)
        Q_EMIT collectionChanged();
}

} // namespace claimcheck::workbench
