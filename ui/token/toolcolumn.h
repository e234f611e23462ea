// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The right column of the inspector: the decoded token, and behind tabs what can be done with it. A page is
// made when it is first looked at.

#pragma once

#include <array>
#include <functional>

#include <QtWidgets/qwidget.h>

#include <keys/source.h>
#include <theme/flattabbar.h>
#include <token/tokenreading.h>

class QStackedWidget;

namespace claimcheck::ui {

class ComparePage;
class DecodedPart;
class EncryptPage;
class KeyPage;
class SecretPage;
class SignPage;

enum class Tool
{
    Decoded,
    Keys,
    Sign,
    Encrypt,
    Compare,
    Secret
};
inline constexpr int toolCount = 6;

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
    /// An encrypted key waits on its page for its passphrase.
    void addKeyFile(const QString& path);
    void addKeyText(const QString& text);
    void setClock(std::function<Instant()> clock);

Q_SIGNALS:
    /// A token that was made here should be looked at.
    void inspectRequested(const QString& token);
    void ringChanged(const claimcheck::inspect::KeyRing& ring);
    void keysRequested(const claimcheck::keys::Source& source);
    void keysCancelled();

private:
    void show(int index);
    QWidget* makePage(Tool tool);
    QWidget* makeKeys();
    QWidget* makeSign();
    QWidget* makeEncrypt();
    QWidget* makeCompare();
    QWidget* makeSecret();
    const jose::Jws& token() const;
    void setRingHere(const inspect::KeyRing& ring);
    void showCounts();

    FlatTabBar* m_tabs;
    QStackedWidget* m_pages;
    std::array<QWidget*, toolCount> m_made{};
    KeyPage* m_keys = nullptr;
    SignPage* m_sign = nullptr;
    EncryptPage* m_encrypt = nullptr;
    ComparePage* m_compare = nullptr;
    SecretPage* m_secret = nullptr;
    std::function<Instant()> m_clock = currentTime;
    inspect::KeyRing m_ring;
    TokenReading m_reading;
};

} // namespace claimcheck::ui
