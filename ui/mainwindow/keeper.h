// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps settings and drafts on disk: read once at start, written a moment after the last change and at
// the end. What was typed is still there after a restart, saved or not, and of several windows at once that
// of each; of their settings it is those that were written last.

#pragma once

#include <functional>
#include <string>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <store/draftfiles.h>
#include <store/settings.h>

namespace claimcheck::ui {

class Keeper : public QObject
{
    Q_OBJECT
public:
    explicit Keeper(std::string directory, QObject* parent = nullptr);

    /// What cannot be read is reported by failed() and replaced by defaults.
    void load();
    store::Settings& settings() { return m_settings; }
    const store::Drafts& loadedDrafts() const { return m_kept.drafts; }
    using EnvironmentDrafts = std::vector<store::EnvironmentDraft>;
    const EnvironmentDrafts& loadedEnvironments() const { return m_kept.environments; }

    /// Asked for the drafts whenever they are to be written.
    void setDraftSource(std::function<store::Drafts()> source) { m_source = std::move(source); }
    void setEnvironmentSource(std::function<EnvironmentDrafts()> source)
    {
        m_environmentSource = std::move(source);
    }
    /// Something changed: write soon.
    void touch();
    /// Writes now.
    void flush();

    /// A collection is open: it moves to the top of the recent ones.
    void noteCollection(const std::string& directory);

Q_SIGNALS:
    void failed(const claimcheck::Error& error);

private:
    std::string m_directory;
    store::Settings m_settings;
    store::DraftFiles m_draftFiles;
    store::DraftFiles::Kept m_kept;
    std::function<store::Drafts()> m_source;
    std::function<EnvironmentDrafts()> m_environmentSource;
    QTimer m_timer;
    bool m_failing = false;
};

} // namespace claimcheck::ui
