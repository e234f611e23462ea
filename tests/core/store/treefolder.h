// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small collection whose tree is edited, and every byte of it to compare with afterwards.

#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <store/treeedit.h>

#include "folder.h"

namespace claimcheck::test {

/// Every file by its path with its bytes, every folder and link.
inline std::map<std::string, std::string> everything(const std::string& root)
{
    namespace fs = std::filesystem;
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string path = entry.path().lexically_relative(root).string();
        if (entry.is_symlink())
            all[path] = "link to " + fs::read_symlink(entry.path()).string();
        else if (entry.is_directory())
            all[path] = "folder";
        else {
            std::ifstream file(entry.path(), std::ios::binary);
            all[path].assign(std::istreambuf_iterator<char>(file), {});
        }
    }
    return all;
}

/// The paths of requests and folders as the tree shows them, folders with a slash behind.
inline std::vector<std::string> treeOf(const collection::Folder& folder)
{
    std::vector<std::string> paths;
    for (const collection::Folder& inner : folder.folders) {
        paths.push_back(inner.path + "/");
        for (std::string& path : treeOf(inner))
            paths.push_back(std::move(path));
    }
    for (const collection::Item& item : folder.items)
        paths.push_back(item.path);
    return paths;
}

class TreeFolder : public CollectionFolder
{
public:
    TreeFolder() : trash(toUtf8(parent()) + "/data/trash")
    {
        write("orders/folder.yml", "info:\n  name: Orders # ours\n  type: folder\n");
        write("orders/list.yml", requestText("List", "1"));
        write("orders/get.yml", "# by hand\r\n" + requestText("\"Get\"   # one", "2"));
        write("orders/add.yml", requestText("Add", "3"));
        write("users/me.yml", requestText("Me", "1"));
        write("ping.yml", requestText("Ping", "1"));
        write("broken.yml", "info: {name: [\n");
        write(".claimcheck/checks.yaml", "# by path\norders/list.yml:\n  - token.verdict\nping.yml: []\n"
                                         "others: [orders/get.yml, \"orders/get.yml\"] # two\n");
    }

    std::map<std::string, std::string> bytes() const { return everything(root); }
    std::vector<std::string> tree() const { return treeOf(open().root); }
    std::string text(const std::string& path) const { return bytes()[path]; }

    store::Trash trash;
};

using Paths = std::vector<std::string>;

/// Applies a planned change and proves that taking it back leaves every byte as it was, then does it again.
#define APPLY_AND_BACK(folder, planned)                                                                      \
    do {                                                                                                     \
        const auto bytesBefore = (folder).bytes();                                                           \
        const auto applied = (planned);                                                                      \
        QVERIFY_RESULT(applied);                                                                             \
        QVERIFY_RESULT(store::apply(*applied));                                                              \
        const auto bytesAfter = (folder).bytes();                                                            \
        QVERIFY(bytesAfter != bytesBefore);                                                                  \
        QVERIFY_RESULT(store::apply(store::inverse(*applied)));                                              \
        QVERIFY((folder).bytes() == bytesBefore);                                                            \
        QVERIFY_RESULT(store::apply(*applied));                                                              \
        QVERIFY((folder).bytes() == bytesAfter);                                                             \
    } while (false)

} // namespace claimcheck::test
