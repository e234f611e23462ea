// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A new collection in a temporary folder, and requests to put there.

#pragma once

#include <base/text.h>
#include <store/files.h>
#include <store/opencollection.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

namespace claimcheck::test {

class CollectionFolder
{
public:
    CollectionFolder() : root(toUtf8(m_folder.path()) + "/api")
    {
        if (!store::createCollection(root, "My API"))
            qFatal("cannot make a collection to test with");
    }

    std::string path(const std::string& relative) const { return root + "/" + relative; }
    QString parent() const { return m_folder.path(); }
    void write(const std::string& relative, const std::string& text) const
    {
        const std::string full = path(relative);
        QDir().mkpath(toQString(full.substr(0, full.rfind('/'))));
        QVERIFY_RESULT(store::writeFileAtomically(full, text, store::Privacy::Shared));
    }
    /// As it stands in its files; empty where it cannot be opened.
    collection::Collection open() const
    {
        auto opened = store::openCollection(root);
        return opened ? *std::move(opened) : collection::Collection();
    }

private:
    QTemporaryDir m_folder;

public:
    const std::string root;
};

inline collection::Item newItem(const std::string& name)
{
    collection::Item item;
    item.entry.name = name;
    item.entry.url = "{{host}}/x";
    return item;
}

/// The text of a request's file; without `seq` where that is empty.
inline std::string requestText(const std::string& name, const std::string& seq)
{
    return "info:\n  name: " + name + "\n  type: http\n" + (seq.empty() ? "" : "  seq: " + seq + "\n") +
           "http:\n  method: GET\n  url: x\n";
}

} // namespace claimcheck::test
