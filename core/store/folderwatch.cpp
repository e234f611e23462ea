// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/folderwatch.h>

#include <algorithm>
#include <filesystem>

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qsocketnotifier.h>
#include <QtCore/qtimer.h>

#include <store/inotify.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr int quiet = 30;            // ms
constexpr int longest = 120;         // ms
constexpr int pollInterval = 2000;   // ms
constexpr int missingInterval = 100; // ms

bool isHidden(const std::string& name)
{
    return name.starts_with('.') || name == "node_modules";
}

} // namespace

struct FolderWatch::Private
{
    explicit Private(FolderWatch* owner) : watch(owner) {}

    FolderWatch* watch;
    std::string root;
    Inotify inotify;
    std::unique_ptr<QSocketNotifier> notifier;
    QTimer soon;           ///< tells of what happened
    QDeadlineTimer latest; ///< when it has to, whatever else happens
    QTimer looking;        ///< for a root that is gone, or instead of watches
    bool isPolling = false;
    bool isMissing = false; ///< the root is gone

    void begin();
    void watchAll();
    void watchFolder(const std::string& folder, std::size_t depth);
    void note(Inotify::Added added);
    void take();
    bool matters(const Inotify::Event& event);
    void tell();
    void look();
};

void FolderWatch::Private::begin()
{
    soon.setSingleShot(true);
    QObject::connect(&soon, &QTimer::timeout, watch, [this] { Q_EMIT watch->changed(); });
    QObject::connect(&looking, &QTimer::timeout, watch, [this] { look(); });
    if (!inotify.isOpen())
        return;
    notifier = std::make_unique<QSocketNotifier>(inotify.number(), QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, watch, [this] { take(); });
}

/// Each folder is watched before it is listed: what comes into it meanwhile is listed or told of.
void FolderWatch::Private::watchAll()
{
    inotify.clear();
    isPolling = !inotify.isOpen();
    std::error_code error;
    isMissing = !fs::is_directory(root, error);
    if (!isPolling && !isMissing) {
        watchFolder(root, 0);
        for (fs::path around = fs::path(root).parent_path(); around.has_relative_path();
             around = around.parent_path())
            note(inotify.addAround(around.string()));
    }
    if (isMissing)
        looking.start(missingInterval);
    else if (isPolling)
        looking.start(pollInterval);
    else
        looking.stop();
}

void FolderWatch::Private::note(Inotify::Added added)
{
    isPolling = isPolling || added == Inotify::Added::Full;
}

void FolderWatch::Private::watchFolder(const std::string& folder, std::size_t depth)
{
    note(inotify.add(folder));
    std::error_code error;
    for (fs::directory_iterator next(folder, error), end; !error && !isPolling && next != end;
         next.increment(error)) {
        std::error_code unknown;
        if (depth < StoreLimits().depth && !isHidden(next->path().filename().string()) &&
            !next->is_symlink(unknown) && next->is_directory(unknown))
            watchFolder(next->path().string(), depth + 1);
    }
}

void FolderWatch::Private::take()
{
    bool any = false;
    for (const Inotify::Event& event : inotify.take())
        any = matters(event) || any;
    if (any)
        tell();
}

bool FolderWatch::Private::matters(const Inotify::Event& event)
{
    const bool ranOver = event.folder.empty();
    // A folder around the collection, or the collection itself, is elsewhere now.
    const bool isElsewhere = event.isGone && (root == event.folder || root.starts_with(event.folder + "/"));
    if (ranOver || isElsewhere) {
        watchAll();
        return true;
    }
    const bool isInside = event.folder == root || event.folder.starts_with(root + "/");
    if (!isInside || isHidden(event.name) || event.name.empty())
        return false;
    if (!event.isFolder)
        return event.name.ends_with(".yml");
    const std::string folder = event.folder + "/" + event.name;
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(folder, error)))
        watchFolder(folder, static_cast<std::size_t>(std::ranges::count(folder, '/') -
                                                     std::ranges::count(root, '/')));
    return true;
}

void FolderWatch::Private::tell()
{
    if (!soon.isActive())
        latest.setRemainingTime(longest);
    soon.start(std::min<int>(quiet, static_cast<int>(latest.remainingTime())));
}

void FolderWatch::Private::look()
{
    std::error_code error;
    if (isMissing && !fs::is_directory(root, error))
        return;
    if (isMissing)
        watchAll();
    tell();
}

FolderWatch::FolderWatch(QObject* parent) : QObject(parent), d(std::make_unique<Private>(this))
{
    d->begin();
}

FolderWatch::~FolderWatch() = default;

void FolderWatch::watch(const std::string& root)
{
    d->soon.stop();
    d->root = root;
    d->watchAll();
}

void FolderWatch::stop()
{
    d->soon.stop();
    d->looking.stop();
    d->inotify.clear();
    d->root.clear();
}

const std::string& FolderWatch::root() const
{
    return d->root;
}

bool FolderWatch::isPolling() const
{
    return d->isPolling;
}

} // namespace claimcheck::store
