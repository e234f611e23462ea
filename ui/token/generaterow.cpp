// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/generaterow.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int sizeWidth = 104;
constexpr int longestKid = 256; ///< characters; longer ones make headers that servers refuse

/// What keys are made for here, the usual ones first.
const QStringList& generated()
{
    static const QStringList names{
        QStringLiteral("ES256"),   QStringLiteral("Ed25519"), QStringLiteral("RS256"),
        QStringLiteral("PS256"),   QStringLiteral("HS256"),   QStringLiteral("HS384"),
        QStringLiteral("HS512"),   QStringLiteral("ES384"),   QStringLiteral("ES512"),
        QStringLiteral("ES256K"),  QStringLiteral("Ed448"),   QStringLiteral("RSA-OAEP-256"),
        QStringLiteral("ECDH-ES"), QStringLiteral("A256KW"),  QStringLiteral("A256GCM")};
    return names;
}

} // namespace

GenerateRow::GenerateRow(QWidget* parent)
    : QWidget(parent),
      m_algorithm(new ChevronBox),
      m_bits(new QLineEdit),
      m_curve(new ChevronBox),
      m_kid(new QLineEdit),
      m_generate(pushButton(tr("Generate"), QStringLiteral("generateKey")))
{
    m_algorithm->addItems(generated());
    setNames(m_algorithm, QStringLiteral("generateAlgorithm"), tr("Algorithm that a key is made for"));
    setNames(m_bits, QStringLiteral("generateBits"), tr("Size of the new key in bits"));
    setNames(m_curve, QStringLiteral("generateCurve"), tr("Curve of the new key"));
    setNames(m_kid, QStringLiteral("generateKid"), tr("Key ID (kid) of the new key"));
    m_bits->setFixedWidth(sizeWidth);
    m_curve->setFixedWidth(sizeWidth);
    m_kid->setPlaceholderText(tr("kid, or none"));
    m_kid->setMaxLength(longestKid);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::inset, 0, space::inset, 0);
    row->setSpacing(space::small);
    row->addWidget(mutedLabel(tr("New key for")));
    row->addWidget(m_algorithm);
    row->addWidget(m_bits);
    row->addWidget(m_curve);
    row->addWidget(m_kid, 1);
    row->addWidget(m_generate);
    connect(m_algorithm, &QComboBox::currentTextChanged, this, &GenerateRow::showFreedom);
    connect(m_generate, &QPushButton::clicked, this, &GenerateRow::request);
    for (const QLineEdit* line : {m_bits, m_kid})
        connect(line, &QLineEdit::returnPressed, this, &GenerateRow::request);
    showFreedom();
}

KeyDraft GenerateRow::draft() const
{
    return {toUtf8(m_algorithm->currentText()), toUtf8(m_bits->text()), toUtf8(m_curve->currentText()),
            std::string(trimmed(toUtf8(m_kid->text())))};
}

void GenerateRow::setWaiting(bool waiting)
{
    m_generate->setEnabled(!waiting);
}

void GenerateRow::forgetKid()
{
    m_kid->clear();
}

/// A size of RS256 means nothing for HS256.
void GenerateRow::showFreedom()
{
    const KeyFreedom freedom = freedomOf(toUtf8(m_algorithm->currentText()));
    m_bits->clear();
    m_bits->setVisible(freedom.usualBits != 0);
    m_bits->setPlaceholderText(tr("%1 bits").arg(freedom.usualBits));
    m_curve->clear();
    for (const std::string& curve : freedom.curves)
        m_curve->addItem(toQString(curve));
    m_curve->setVisible(!freedom.curves.empty());
}

void GenerateRow::request()
{
    if (m_generate->isEnabled())
        Q_EMIT requested(draft());
}

} // namespace claimcheck::ui
