// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files are replaced whole or not at all, and are private where they must be.

#include <base/text.h>
#include <store/files.h>
#include <store/opencollection.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <sys/stat.h>

using namespace claimcheck;
using namespace claimcheck::store;

namespace {

constexpr auto ownerOnly =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;

QFileDevice::Permissions modeOf(const std::string& path)
{
    return QFile::permissions(toQString(path));
}

} // namespace

class TestFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void writesAndReads();
    void isPrivateWhereAsked();
    void keepsModeOfSharedFiles();
    void neverOverwritesWithNew();
    void saysWhatFailed();
    void waitsForNoPipe();
    void leftoversAreNoRequests();
    void hashesContent();

private:
    std::string path(const char* name) const { return toUtf8(m_folder->path()) + "/" + name; }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestFiles::writesAndReads()
{
    const std::string bytes("a\0b\r\n\xFF", 6);
    QVERIFY_RESULT(writeFileAtomically(path("f"), bytes, Privacy::Shared));
    QCOMPARE(readFile(path("f"), 6).value_or("error"), bytes);
    QVERIFY_RESULT(writeFileAtomically(path("f"), "", Privacy::Shared));
    QCOMPARE(readFile(path("f"), 6).value_or("error"), std::string());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
             1);
}

void TestFiles::isPrivateWhereAsked()
{
    QVERIFY_RESULT(writeFileAtomically(path("f"), "x", Privacy::OwnerOnly));
    QCOMPARE(modeOf(path("f")), QFileDevice::Permissions(ownerOnly));
    QFile::setPermissions(toQString(path("f")), ownerOnly | QFileDevice::ReadOther | QFileDevice::ReadGroup);
    QVERIFY_RESULT(writeFileAtomically(path("f"), "y", Privacy::OwnerOnly));
    QCOMPARE(modeOf(path("f")), QFileDevice::Permissions(ownerOnly));
    const auto readOnly = QFileDevice::ReadOwner | QFileDevice::ReadUser;
    QFile::setPermissions(toQString(path("f")), readOnly | QFileDevice::ReadOther);
    QVERIFY_RESULT(writeFileAtomically(path("f"), "z", Privacy::OwnerOnly));
    // Qt's "user" is who runs the program: root may write what nobody may.
    QVERIFY(!(modeOf(path("f")) & (QFileDevice::WriteOwner | QFileDevice::ReadOther)));
    QVERIFY_RESULT(makeDirectories(path("a/b"), Privacy::OwnerOnly));
    QVERIFY(!(modeOf(path("a/b")) & (QFileDevice::ReadOther | QFileDevice::ReadGroup)));
}

void TestFiles::keepsModeOfSharedFiles()
{
    QVERIFY_RESULT(writeFileAtomically(path("f"), "x", Privacy::Shared));
    const auto mode = ownerOnly | QFileDevice::ReadGroup | QFileDevice::ExeOwner | QFileDevice::ExeUser;
    QVERIFY(QFile::setPermissions(toQString(path("f")), mode));
    QVERIFY_RESULT(writeFileAtomically(path("f"), "y", Privacy::Shared));
    QCOMPARE(modeOf(path("f")), QFileDevice::Permissions(mode));
}

void TestFiles::neverOverwritesWithNew()
{
    QVERIFY_RESULT(writeNewFile(path("f"), "first", Privacy::Shared));
    QCOMPARE(writeNewFile(path("f"), "second", Privacy::Shared).error().kind, ErrorKind::Refused);
    QCOMPARE(readFile(path("f"), 10).value_or("error"), std::string("first"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
             1);
}

void TestFiles::saysWhatFailed()
{
    QCOMPARE(readFile(path("gone"), 10).error().kind, ErrorKind::Unreadable);
    QVERIFY(!readFile(toUtf8(m_folder->path()), 10));
    QVERIFY_RESULT(writeFileAtomically(path("f"), "12345678901", Privacy::Shared));
    QCOMPARE(readFile(path("f"), 10).error().kind, ErrorKind::TooLarge);
    QVERIFY(!writeFileAtomically(path("gone/f"), "x", Privacy::Shared));
    QDir(m_folder->path()).mkdir(QStringLiteral("dir"));
    const auto replaced = writeFileAtomically(path("dir"), "x", Privacy::Shared);
    QVERIFY(replaced.error().what.find("dir") != std::string::npos);
    QVERIFY(!makeDirectories(path("f/x"), Privacy::Shared));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

/// A pipe without a writer would keep the reader for ever, and so would a device without an end.
void TestFiles::waitsForNoPipe()
{
    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
    for (const std::string& file : {path("pipe"), std::string("/dev/zero")}) {
        const auto text = readFile(file, 10);
        QVERIFY(!text);
        QCOMPARE(text.error().kind, ErrorKind::Unreadable);
        QCOMPARE(text.error().why, std::string("it is no regular file"));
    }
}

/// What a killed program leaves behind beside a request is never read as one.
void TestFiles::leftoversAreNoRequests()
{
    const std::string root = path("api");
    QVERIFY_RESULT(createCollection(root, "a"));
    for (const char* name : {".a.yml.k3vq0abc.tmp", ".opencollection.yml.k3vq0abc.tmp"})
        QVERIFY_RESULT(writeFileAtomically(root + "/" + name, "info: {name: half", Privacy::Shared));
    const auto opened = openCollection(root);
    QVERIFY_RESULT(opened);
    QVERIFY(opened->root.items.empty());
}

void TestFiles::hashesContent()
{
    QCOMPARE(fingerprint("abc"),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
