// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening collections: small ones at once, large ones beside the window, with a line that tells how far it
// is. And what becomes of an open one while other programs change its files.

#include <mainwindow/mainwindow.h>

#include <filesystem>

#include <QtCore/qlocale.h>

#include <base/text.h>
#include <mainwindow/noticebar.h>
#include <store/reading.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t mostAtOnce = 500; ///< files and folders: read in less than 50 ms

} // namespace

Result<void> MainWindow::openCollection(const QString& directory)
{
    const std::string folder = toUtf8(directory);
    std::error_code error;
    const bool isCollection = std::filesystem::exists(folder + "/opencollection.yml", error);
    if (isCollection && store::holdsMoreThan(folder, mostAtOnce)) {
        showOpening(0, 0);
        m_workbench.openBeside(folder);
        return {};
    }
    const Result<void> opened = m_workbench.openCollection(folder);
    showOpened(directory, opened ? std::nullopt : std::optional(opened.error()));
    return opened;
}

void MainWindow::showOpening(int read, int files)
{
    const QLocale locale;
    m_notice->say(Tone::Info, tr("Opening the collection"),
                  files == 0
                      ? tr("Its files are being looked for.")
                      : tr("%1 of %2 requests are read.").arg(locale.toString(read), locale.toString(files)));
}

void MainWindow::showOpened(const QString& directory, const std::optional<Error>& problem)
{
    if (problem)
        return m_notice->say(*problem);
    m_notice->hide();
    m_keeper.noteCollection(toUtf8(directory));
    m_workbench.selectEnvironment(m_keeper.settings().lastEnvironment);
    showCollection();
    fillCollectionMenu();
    showPage(Page::Work);
}

void MainWindow::connectOpening()
{
    connect(&m_workbench, &workbench::Workbench::collectionChanged, this, &MainWindow::showCollection);
    connect(&m_workbench, &workbench::Workbench::openingProgressed, this, &MainWindow::showOpening);
    connect(&m_workbench, &workbench::Workbench::openingEnded, this, &MainWindow::showOpened);
    connect(&m_workbench, &workbench::Workbench::collectionUnreadable, this, [this](const Error& error) {
        m_notice->say(error);
        m_noticeOfFiles = m_notice->text();
    });
    connect(&m_workbench, &workbench::Workbench::collectionReadable, this, [this] {
        if (m_notice->text() == m_noticeOfFiles)
            m_notice->hide();
    });
}

} // namespace claimcheck::ui
