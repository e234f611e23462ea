// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/toolcolumn.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qstackedwidget.h>

#include <theme/widgets.h>
#include <token/comparepage.h>
#include <token/decodedpart.h>
#include <token/encryptpage.h>
#include <token/keypage.h>
#include <token/secretpage.h>
#include <token/signpage.h>

namespace claimcheck::ui {
namespace {

QScrollArea* scrolled(QWidget* page)
{
    setKind(page, "surface");
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

} // namespace

ToolColumn::ToolColumn(DecodedPart* decoded, QWidget* parent)
    : QWidget(parent), m_tabs(new FlatTabBar), m_pages(new QStackedWidget)
{
    setNames(m_tabs, QStringLiteral("tokenTools"), tr("What to do with the token"));
    for (const QString& title :
         {tr("Decoded"), tr("Keys"), tr("Edit and sign"), tr("Encrypt"), tr("Compare"), tr("Weak secret")})
        m_tabs->addTab(title);
    m_made[0] = decoded;
    m_pages->addWidget(decoded);
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::small - 2, 0, space::inset, 0);
    tabs->addWidget(m_tabs, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tabs);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &ToolColumn::show);
    showCounts();
}

void ToolColumn::showTool(Tool tool)
{
    m_tabs->setCurrentIndex(static_cast<int>(tool));
}

void ToolColumn::show(int index)
{
    QWidget*& page = m_made[static_cast<std::size_t>(index)];
    if (page == nullptr) {
        page = makePage(static_cast<Tool>(index));
        m_pages->addWidget(page);
    }
    m_pages->setCurrentWidget(page);
}

QWidget* ToolColumn::makePage(Tool tool)
{
    switch (tool) {
    case Tool::Keys:
        return makeKeys();
    case Tool::Sign:
        return makeSign();
    case Tool::Encrypt:
        return makeEncrypt();
    case Tool::Compare:
        return makeCompare();
    case Tool::Secret:
        return makeSecret();
    case Tool::Decoded:
        break;
    }
    return m_made[0];
}

QWidget* ToolColumn::makeKeys()
{
    m_keys = new KeyPage;
    m_keys->setClock(m_clock);
    m_keys->setRing(m_ring);
    m_keys->showReading(m_reading);
    connect(m_keys, &KeyPage::ringChanged, this, [this](const inspect::KeyRing& ring) {
        setRingHere(ring);
        Q_EMIT ringChanged(ring);
    });
    connect(m_keys, &KeyPage::keysRequested, this, &ToolColumn::keysRequested);
    connect(m_keys, &KeyPage::keysCancelled, this, &ToolColumn::keysCancelled);
    return scrolled(m_keys);
}

QWidget* ToolColumn::makeSign()
{
    m_sign = new SignPage;
    m_sign->setClock(m_clock);
    m_sign->setRing(m_ring);
    m_sign->setToken(token());
    connect(m_sign, &SignPage::inspectRequested, this, &ToolColumn::inspectRequested);
    connect(m_sign, &SignPage::keysRequested, this, [this] { showTool(Tool::Keys); });
    connect(m_sign, &SignPage::compareRequested, this, [this](const QString& made) {
        showTool(Tool::Compare);
        m_compare->setOther(made);
    });
    return scrolled(m_sign);
}

QWidget* ToolColumn::makeEncrypt()
{
    m_encrypt = new EncryptPage;
    m_encrypt->setRing(m_ring);
    m_encrypt->setToken(m_reading.inspection);
    connect(m_encrypt, &EncryptPage::inspectRequested, this, &ToolColumn::inspectRequested);
    connect(m_encrypt, &EncryptPage::keysRequested, this, [this] { showTool(Tool::Keys); });
    return scrolled(m_encrypt);
}

QWidget* ToolColumn::makeCompare()
{
    m_compare = new ComparePage;
    m_compare->setToken(token());
    return scrolled(m_compare);
}

QWidget* ToolColumn::makeSecret()
{
    m_secret = new SecretPage;
    m_secret->setToken(token());
    connect(m_secret, &SecretPage::secretFound, this, [this](const Secret& secret) {
        inspect::KeyRing ring;
        ring.keys.push_back(jose::secretKey(secret));
        setRing(ring);
        Q_EMIT ringChanged(ring);
    });
    return scrolled(m_secret);
}

/// Of an SD-JWT what its issuer signed.
const jose::Jws& ToolColumn::token() const
{
    const inspect::Inspection& inspection = m_reading.inspection;
    return inspection.sdJwt ? inspection.sdJwt->issuer : inspection.token;
}

void ToolColumn::addKeyFile(const QString& path)
{
    showTool(Tool::Keys);
    m_keys->addFile(path);
}

void ToolColumn::addKeyText(const QString& text)
{
    showTool(Tool::Keys);
    m_keys->addText(text);
}

void ToolColumn::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
    if (m_keys != nullptr)
        m_keys->setClock(m_clock);
    if (m_sign != nullptr)
        m_sign->setClock(m_clock);
}

void ToolColumn::setRing(const inspect::KeyRing& ring)
{
    setRingHere(ring);
    if (m_keys != nullptr)
        m_keys->setRing(ring);
}

void ToolColumn::setRingHere(const inspect::KeyRing& ring)
{
    m_ring = ring;
    if (m_sign != nullptr)
        m_sign->setRing(ring);
    if (m_encrypt != nullptr)
        m_encrypt->setRing(ring);
    showCounts();
}

void ToolColumn::showCounts()
{
    m_tabs->setCount(static_cast<int>(Tool::Keys), std::ssize(m_ring.keys));
}

void ToolColumn::setReading(TokenReading reading)
{
    m_reading = std::move(reading);
    if (m_keys != nullptr)
        m_keys->showReading(m_reading);
    if (m_sign != nullptr)
        m_sign->setToken(token());
    if (m_encrypt != nullptr)
        m_encrypt->setToken(m_reading.inspection);
    if (m_compare != nullptr)
        m_compare->setToken(token());
    if (m_secret != nullptr)
        m_secret->setToken(token());
}

void ToolColumn::takeFetched(const keys::Source& source, const Result<keys::KeySet>& set)
{
    if (m_keys != nullptr)
        m_keys->takeFetched(source, set);
}

} // namespace claimcheck::ui
