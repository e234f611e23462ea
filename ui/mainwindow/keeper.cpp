// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/keeper.h>

#include <algorithm>
#include <vector>

namespace claimcheck::ui {
namespace {

constexpr int delay = 600; ///< ms between the first change and the write
constexpr std::size_t mostRecent = 10;

} // namespace

Keeper::Keeper(std::string directory, QObject* parent)
    : QObject(parent), m_directory(std::move(directory)), m_draftFiles(m_directory)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &Keeper::flush);
}

void Keeper::load()
{
    if (const Result<store::Settings> settings = store::loadSettings(m_directory))
        m_settings = *settings;
    else
        Q_EMIT failed(settings.error());
    m_kept = m_draftFiles.load();
    for (const Error& problem : m_kept.problems)
        Q_EMIT failed(problem);
}

/// What is typed on does not put the writing off.
void Keeper::touch()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void Keeper::flush()
{
    m_timer.stop();
    std::vector<Result<void>> written{store::saveSettings(m_directory, m_settings)};
    if (m_source)
        written.push_back(m_draftFiles.save(m_source()));
    if (m_environmentSource)
        written.push_back(m_draftFiles.saveEnvironments(m_environmentSource()));
    // Each by itself: what was typed is not lost where the settings cannot be written.
    const auto lost = std::ranges::find_if(written, [](const Result<void>& one) { return !one; });
    // Said once, not at every key stroke.
    if (lost != written.end() && !m_failing)
        Q_EMIT failed(lost->error());
    m_failing = lost != written.end();
}

void Keeper::noteCollection(const std::string& directory)
{
    m_settings.lastCollection = directory;
    std::vector<std::string>& recent = m_settings.recentCollections;
    std::erase(recent, directory);
    recent.insert(recent.begin(), directory);
    recent.resize(std::min(recent.size(), mostRecent));
    touch();
}

} // namespace claimcheck::ui
