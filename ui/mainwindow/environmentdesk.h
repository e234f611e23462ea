// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with environments and their secrets: between the environment pane, the files and the
// workbench.

#pragma once

#include <functional>
#include <optional>

#include <QtCore/qobject.h>

#include <workbench/workbench.h>

namespace claimcheck::ui {

class EnvironmentPane;
struct EnvironmentSave;

class EnvironmentDesk : public QObject
{
    Q_OBJECT
public:
    /// `configDirectory`: where it is kept what a collection may read of the process.
    EnvironmentDesk(workbench::Workbench& workbench, EnvironmentPane* pane, std::string configDirectory);

    /// The pane is in front: it shows the environment that is chosen.
    void enter();
    /// The open collection is another one, or has changed.
    void showCollection();

Q_SIGNALS:
    void failed(const claimcheck::Error& error);
    /// Files of environments were written or removed.
    void edited();
    /// The chosen environment has another name now, or is gone.
    void environmentChosen(const QString& name);

private:
    void save(const EnvironmentSave& save);
    bool isToBeWarned(const EnvironmentSave& save, const collection::Environment& file);
    void moveValues(const collection::Environment& before, const EnvironmentSave& save,
                    const std::string& name);
    void keepValues(const EnvironmentSave& save, const std::string& name);
    void add();
    void duplicate(const std::string& path);
    void remove(const std::string& path);
    void bringBack();
    void addNew(collection::Environment environment, const std::vector<std::string>& types);
    void allow(const QString& name, bool isAllowed);
    void look(const QString& name);
    void showSecrets();
    void ask(const workbench::SecretQuestion& question);
    /// After a write.
    void readAnew(const std::string& shown);
    const collection::Environment* at(const std::string& path) const;

    struct Deleted
    {
        std::string directory;
        std::string path;
        std::string name;
        std::string text;
    };

    /// An edit that would go over a file that is another one than it began with.
    struct Overwriting
    {
        std::string directory;
        std::string path;
        std::string began; ///< fingerprints
        std::string now;
        bool operator==(const Overwriting&) const = default;
    };

    workbench::Workbench& m_workbench;
    EnvironmentPane* m_pane;
    std::string m_configDirectory;
    std::optional<Deleted> m_deleted;
    std::optional<Overwriting> m_warned; ///< the last one that was told
};

} // namespace claimcheck::ui
