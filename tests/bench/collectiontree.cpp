// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_collectiontree: searching in a collection of ten thousand requests in five hundred folders, each with
// a body of a kilobyte: the search alone beside memmem() over the same bytes, then a key stroke in the window
// (search, tree, layout, picture), off screen. CPU time of this process, medians of 41.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>

#include <collection/search.h>
#include <collections/collectionpane.h>
#include <theme/theme.h>

#include "raw.h"

using namespace claimcheck;
using namespace claimcheck::bench;

namespace {

constexpr int rounds = 41;
constexpr int folders = 500;
constexpr int requests = 20; ///< in each of them

std::string bodyOf(int number)
{
    std::string body = "{\"id\": " + std::to_string(number) + ", \"lines\": [";
    for (int line = 0; body.size() < 1000; ++line)
        body += "{\"Article\": \"A-" + std::to_string(number * 7 + line) + "\", \"count\": 3}, ";
    return body + "{}]}";
}

collection::Collection large()
{
    collection::Collection made;
    made.directory = "/bench";
    made.name = "Bench";
    for (int i = 0; i < folders; ++i) {
        collection::Folder folder;
        folder.path = folder.name = "folder-" + std::to_string(i);
        for (int j = 0; j < requests; ++j) {
            collection::Item item;
            item.path = folder.path + "/request-" + std::to_string(j) + ".yml";
            item.entry.name = "Request " + std::to_string(i * requests + j);
            item.entry.url = "https://api.example.com/v1/customers/" + std::to_string(i) + "/orders";
            item.entry.body = bodyOf(i * requests + j);
            folder.items.push_back(std::move(item));
        }
        made.root.folders.push_back(std::move(folder));
    }
    return made;
}

/// Milliseconds.
double median(const std::function<void()>& work)
{
    std::vector<double> all;
    for (int round = 0; round < rounds; ++round) {
        const double start = cpuSeconds();
        work();
        all.push_back((cpuSeconds() - start) * 1e3);
    }
    std::nth_element(all.begin(), all.begin() + rounds / 2, all.end());
    return all[rounds / 2];
}

/// What a program would do that knew the case, and looked at nothing but names, URLs and bodies.
std::size_t rawSearch(const collection::Collection& collection, const std::string& text)
{
    std::size_t found = 0;
    for (const collection::Folder& folder : collection.root.folders)
        for (const collection::Item& item : folder.items)
            for (const std::string* each : {&item.entry.name, &item.entry.url, &item.entry.body})
                found += ::memmem(each->data(), each->size(), text.data(), text.size()) != nullptr;
    return found;
}

void printSearch(const collection::Collection& collection, const char* what, const std::string& text)
{
    std::size_t found = 0;
    const double ours = median([&] { found = collection::search(collection, text).size(); });
    const double raw = median([&] { found += rawSearch(collection, text) == ~std::size_t{0}; });
    std::printf("| %s | %zu | %.1f | %.1f | %.1f |\n", what, found, ours, raw, ours / raw);
}

/// Each time another text, so that the tree has to change.
void printKeyStroke(QLineEdit* find, QWidget& pane, const char* what, const QString& text)
{
    bool again = false;
    const double took = median([&] {
        find->setText(again ? text : QString(text + u' '));
        again = !again;
        QCoreApplication::processEvents();
        pane.grab();
    });
    std::printf("| %s | %.1f |\n", what, took);
}

void printKeyStrokes(const collection::Collection& collection)
{
    ui::applyTheme(*qApp, ui::ThemeName::Light);
    ui::CollectionPane pane;
    pane.setSearch([&collection](const std::string& text) { return collection::search(collection, text); });
    pane.setCollection(collection);
    pane.resize(288, 700);
    pane.show();
    auto* find = pane.findChild<QLineEdit*>(QStringLiteral("findRequest"));
    std::puts("\n| a key stroke in the window | ms |\n| --- | ---: |");
    printKeyStroke(find, pane, "that leaves all", QStringLiteral("order"));
    printKeyStroke(find, pane, "that leaves twenty", QStringLiteral("customers/77/"));
    printKeyStroke(find, pane, "that leaves none", QStringLiteral("nowhere"));
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const collection::Collection collection = large();
    std::puts(
        "| search | requests found | ms | memmem, ms | ours : memmem |\n| --- | ---: | ---: | ---: | ---: |");
    printSearch(collection, "a name", "Request 9999");
    printSearch(collection, "a URL", "customers/77/");
    printSearch(collection, "a body", "A-70001");
    printSearch(collection, "two words", "orders article");
    printSearch(collection, "nowhere", "nowhere");
    printKeyStrokes(collection);
    return 0;
}
