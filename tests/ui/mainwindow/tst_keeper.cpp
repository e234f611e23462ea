// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept is written file by file: one that cannot be written takes no other with it. Nor does the
// window that closes last take what was typed in another.

#include <memory>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <mainwindow/keeper.h>
#include <store/files.h>
#include <support/result.h>

using namespace claimcheck;

class TestKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsDraftsWithoutSettings();
    void keepsWhatIsTypedInEachOfTwo();
    void saysWhatCannotBeTakenOver();
};

void TestKeeper::keepsDraftsWithoutSettings()
{
    const QTemporaryDir folder;
    const std::string config = toUtf8(folder.path());
    QVERIFY_RESULT(store::makeDirectories(config + "/settings.json/in the way", store::Privacy::OwnerOnly));
    ui::Keeper keeper(config);
    QSignalSpy failed(&keeper, &ui::Keeper::failed);
    store::Drafts typed;
    typed.login.url = "http://127.0.0.1:8080/login";
    keeper.setDraftSource([&typed] { return typed; });
    keeper.flush();
    QCOMPARE(failed.size(), 1);
    const auto kept = store::loadDrafts(config);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->login.url, typed.login.url);
    keeper.flush(); // said once
    QCOMPARE(failed.size(), 1);
}

namespace {

/// As a window that holds what it began with and what is typed then.
struct Typing
{
    explicit Typing(const std::string& config) : keeper(config)
    {
        keeper.load();
        drafts = keeper.loadedDrafts();
        environments = keeper.loadedEnvironments();
        keeper.setDraftSource([this] { return drafts; });
        keeper.setEnvironmentSource([this] { return environments; });
    }
    void type(const char* url, const char* environment)
    {
        drafts.tabs.emplace_back().entry.url = url;
        environments.emplace_back().environment.path = environment;
    }

    ui::Keeper keeper;
    store::Drafts drafts;
    ui::Keeper::EnvironmentDrafts environments;
};

} // namespace

void TestKeeper::keepsWhatIsTypedInEachOfTwo()
{
    const QTemporaryDir folder;
    const std::string config = toUtf8(folder.path());
    for (const bool firstClosesLast : {false, true}) {
        const std::size_t before = firstClosesLast ? 2 : 0;
        auto first = std::make_unique<Typing>(config);
        auto second = std::make_unique<Typing>(config);
        QCOMPARE(first->drafts.tabs.size(), before);
        QCOMPARE(second->drafts.tabs.size(), std::size_t{0});
        first->type(firstClosesLast ? "http://a" : "http://b", firstClosesLast ? "a.yml" : "b.yml");
        second->type(firstClosesLast ? "http://c" : "http://d", firstClosesLast ? "c.yml" : "d.yml");
        for (auto* typing : {firstClosesLast ? &second : &first, firstClosesLast ? &first : &second}) {
            (*typing)->keeper.flush();
            typing->reset();
        }
        const Typing next(config);
        QCOMPARE(next.drafts.tabs.size(), before + 2);
        QCOMPARE(next.environments.size(), before + 2);
    }
}

void TestKeeper::saysWhatCannotBeTakenOver()
{
    const QTemporaryDir folder;
    const std::string config = toUtf8(folder.path());
    for (const char* name : {"/drafts.json", "/drafts-2.json"})
        QVERIFY_RESULT(store::writeFileAtomically(config + name, "{", store::Privacy::OwnerOnly));
    ui::Keeper keeper(config);
    QSignalSpy failed(&keeper, &ui::Keeper::failed);
    keeper.load();
    QCOMPARE(failed.size(), 2);
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("drafts-2.broken.json"))));
}

QTEST_GUILESS_MAIN(TestKeeper)
#include "tst_keeper.moc"
