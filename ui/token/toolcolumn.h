// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The right column of the inspector: the decoded token, and behind tabs what can be done with it. A page is
// made when it is first looked at.

#pragma once

#include <array>

#include <QtWidgets/qwidget.h>

#include <keys/source.h>
#include <theme/flattabbar.h>
#include <token/tokenreading.h>

class QStackedWidget;

namespace claimcheck::ui {

class DecodedPart;
class KeyPage;

enum class Tool
{
    Decoded,
    Keys
};
inline constexpr int toolCount = 2;

class ToolColumn : public QWidget
{
    Q_OBJECT
public:
    explicit ToolColumn(DecodedPart* decoded, QWidget* parent = nullptr);

    void showTool(Tool tool);
    void setRing(const inspect::KeyRing& ring);
    /// What the pages work on; without its texts and rows.
    void setReading(TokenReading reading);
    void takeFetched(const keys::Source& source, const Result<keys::KeySet>& set);

Q_SIGNALS:
    void ringChanged(const claimcheck::inspect::KeyRing& ring);
    void keysRequested(const claimcheck::keys::Source& source);
    void keysCancelled();

private:
    void show(int index);
    QWidget* makePage(Tool tool);
    QWidget* makeKeys();
    void setRingHere(const inspect::KeyRing& ring);
    void showCounts();

    FlatTabBar* m_tabs;
    QStackedWidget* m_pages;
    std::array<QWidget*, toolCount> m_made{};
    KeyPage* m_keys = nullptr;
    inspect::KeyRing m_ring;
    TokenReading m_reading;
};

} // namespace claimcheck::ui
