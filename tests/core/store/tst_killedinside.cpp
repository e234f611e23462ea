// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A save is killed behind every system call that it makes, one after another until it is through: there is no
// moment at which the file, or the drafts beside it, is anything but the old or the new one.

#include "folder.h"
#include "killafter.h"

#include <filesystem>

#include <store/settings.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Item;

namespace {

namespace fs = std::filesystem;

constexpr int most = 5000; ///< calls; a save makes some hundred

} // namespace

class TestKilledInside : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void atEverySystemCallOfASave();

private:
    [[noreturn]] void saveOnce() const;
    End killOne(int calls) const;
    /// The number of the state that is found: 0 old, 1 new.
    std::size_t fileState() const;
    std::size_t draftState() const;
    bool hasLeftOver() const;
    void putBack() const;

    CollectionFolder m_folder;
    QTemporaryDir m_config;
    std::array<std::string, 2> m_texts;
    Drafts m_drafts;
    collection::Collection m_read;
    Item m_item;
};

void TestKilledInside::initTestCase()
{
    m_texts[0] = requestText("a", "1");
    m_texts[1] = m_texts[0];
    m_texts[1].replace(m_texts[1].rfind('x'), 1, std::string(20'000, 'y'));
    putBack();
    m_read = m_folder.open();
    m_item = *collection::findItem(m_read, "a.yml");
    m_item.entry.url = std::string(20'000, 'y');
    m_drafts.tabs.resize(1);
    m_drafts.tabs[0].path = "a.yml";
    m_drafts.tabs[0].entry = m_item.entry;
}

void TestKilledInside::putBack() const
{
    m_folder.write("a.yml", m_texts[0]);
    QVERIFY_RESULT(saveDrafts(m_config.path().toStdString(), {}));
    for (const QString& folder : {toQString(m_folder.root), m_config.path()})
        for (const QFileInfo& left :
             QDir(folder).entryInfoList({QStringLiteral("*.tmp")}, QDir::Files | QDir::Hidden))
            QVERIFY(QFile::remove(left.filePath()));
}

void TestKilledInside::saveOnce() const
{
    beTraced();
    const bool isSaved = saveDrafts(m_config.path().toStdString(), m_drafts) && saveEntry(m_read, {}, m_item);
    ::_exit(isSaved ? 0 : 3);
}

End TestKilledInside::killOne(int calls) const
{
    const pid_t child = ::fork();
    if (child < 0)
        return End::Failed;
    if (child == 0)
        saveOnce();
    return killAfter(child, calls);
}

std::size_t TestKilledInside::fileState() const
{
    const std::string text = readFile(m_folder.path("a.yml"), 100'000).value_or("gone");
    return static_cast<std::size_t>(std::find(m_texts.begin(), m_texts.end(), text) - m_texts.begin());
}

std::size_t TestKilledInside::draftState() const
{
    const auto drafts = loadDrafts(m_config.path().toStdString());
    const std::size_t broken = 2;
    return !drafts ? broken : *drafts == Drafts() ? 0 : *drafts == m_drafts ? 1 : broken;
}

bool TestKilledInside::hasLeftOver() const
{
    return !QDir(toQString(m_folder.root))
                .entryList({QStringLiteral("*.tmp")}, QDir::Files | QDir::Hidden)
                .isEmpty();
}

void TestKilledInside::atEverySystemCallOfASave()
{
    std::array<int, 2> files{};
    std::array<int, 2> drafts{};
    std::size_t file = 0;
    std::size_t draft = 0;
    int leftOvers = 0;
    End end = End::Killed;
    for (int calls = 0; end == End::Killed && calls < most; ++calls) {
        putBack();
        end = killOne(calls);
        if (end == End::Untraceable)
            QSKIP("no process can be traced here");
        QVERIFY2(end != End::Failed, "the save failed");
        const std::string moment = "killed behind system call " + std::to_string(calls);
        QVERIFY2(fileState() < files.size() && draftState() < drafts.size(), moment.c_str());
        file = fileState();
        draft = draftState();
        ++files.at(file);
        ++drafts.at(draft);
        leftOvers += hasLeftOver() ? 1 : 0;
        QVERIFY2(file <= draft, moment.c_str()); // what is saved was kept before
        const collection::Collection read = m_folder.open();
        QCOMPARE(read.root.items.size(), std::size_t{1}); // what is left over is no request
        QVERIFY(!read.root.items[0].problem);
    }
    qInfo("the file: %d times the old one, %d times the new one (%d times with something left over); the "
          "drafts: %d and %d",
          files[0], files[1], leftOvers, drafts[0], drafts[1]);
    QCOMPARE(int(end), int(End::Through));
    QCOMPARE(file + draft, std::size_t{2});
    // Both sides of each rename were met, and the time between.
    QVERIFY(files[0] > 10 && files[1] > 1 && leftOvers > 1);
    QVERIFY(drafts[0] > 1 && drafts[1] > files[1]);
}

QTEST_GUILESS_MAIN(TestKilledInside)
#include "tst_killedinside.moc"
