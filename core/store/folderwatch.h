// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells that something in a collection's folder has changed. Folders are watched, not files: ten thousand
// requests in five hundred folders take five hundred of the system's watches. (QFileSystemWatcher on a folder
// does not tell of a file that is written in place, which is how many editors save, so this is inotify
// itself.) Where the system has no watches left, the folder is looked at every two seconds instead.

#pragma once

#include <memory>
#include <string>

#include <QtCore/qobject.h>

namespace claimcheck::store {

class FolderWatch : public QObject
{
    Q_OBJECT
public:
    explicit FolderWatch(QObject* parent = nullptr);
    ~FolderWatch() override;

    /// From now on this folder, and no other. It may go and come back. Links are not followed; what a
    /// collection does not read (hidden folders, files other than *.yml) is not told of.
    void watch(const std::string& root);
    void stop();
    const std::string& root() const;
    /// There were too few watches.
    bool isPolling() const;

Q_SIGNALS:
    /// One for many changes: within 120 ms after the first one, after 30 ms of quiet.
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::store
