// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with environments and their secrets: between the environment pane, the files and the
// workbench.

#pragma once

#include <functional>
#include <optional>

#include <QtCore/qobject.h>

#include <store/permissions.h>
#include <store/recording.h>
#include <workbench/edits.h>
#include <workbench/identities.h>
#include <workbench/workbench.h>

class QDialog;

namespace claimcheck::ui {

class EnvironmentPane;
class RunControl;
struct EnvironmentSave;

class EnvironmentDesk : public QObject
{
    Q_OBJECT
public:
    /// `configDirectory`: where it is kept what a collection may read of the process.
    /// `edits`: what is done to files can be undone with everything else that was done to the collection.
    EnvironmentDesk(workbench::Workbench& workbench, workbench::Edits& edits, EnvironmentPane* pane,
                    std::string configDirectory);
    /// What was allowed before could not be read: it has to be allowed anew.
    const std::optional<Error>& permissionsProblem() const { return m_permissionsProblem; }

    /// Answers what runs ask about secrets, as it does for a single request.
    void attend(RunControl& runs);
    /// How identities ask the same.
    workbench::IdentityQuestions questions();
    /// The pane is in front: it shows the environment that is chosen.
    void enter();
    /// The open collection is another one, or has changed.
    void showCollection();

Q_SIGNALS:
    void failed(const claimcheck::Error& error);
    /// Files of environments were written in a way that undo does not know.
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
    void renewOffer();
    void addNew(collection::Environment environment, const std::vector<std::string>& types,
                workbench::Edit edit);
    void allow(const QString& name, bool isAllowed);
    void look(const QString& name);
    void showSecrets();
    QDialog* ask(const workbench::SecretQuestion& question, const std::function<void()>& resume);
    QDialog* askAboutRelease(const workbench::ReleaseQuestion& question, const std::function<void()>& resume);
    /// It is remembered for the next time, too.
    void letGo(const std::string& directory, const run::Release& release);
    void setPermissions(store::Permissions permissions);
    /// After a write: the edit of the environment at `before` is saved, `shown` is its file now.
    void readAnew(const std::string& before, const std::string& shown);
    void record(const store::Recording& recording, const std::string& name, workbench::Edit edit);
    const collection::Environment* at(const std::string& path) const;

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
    workbench::Edits& m_edits;
    EnvironmentPane* m_pane;
    std::string m_configDirectory;
    std::optional<Error> m_permissionsProblem;
    std::optional<store::Change> m_deleted; ///< what the pane offers to undo
    std::optional<Overwriting> m_warned;    ///< the last one that was told
};

} // namespace claimcheck::ui
