// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A link as a QR code, dark on light in every theme, since cameras read no other. The link stands beside it
// in words.

#pragma once

#include <QtWidgets/qwidget.h>

#include <qr/matrix.h>
#include <theme/theme.h>

namespace claimcheck::ui {

class QrPicture : public QWidget
{
    Q_OBJECT
public:
    explicit QrPicture(QWidget* parent = nullptr);

    /// Hidden where there is no picture of it.
    void setLink(const std::string& link);
    const std::optional<qr::Matrix>& matrix() const { return m_matrix; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int moduleSize() const;
    int sideOf() const;

    Theme m_theme;
    std::string m_link;
    std::optional<qr::Matrix> m_matrix;
};

} // namespace claimcheck::ui
