import { type Product, startProduct } from './start-product'

/** What the tests know of the product that runs for all of them. */
export type SharedProduct = Pick<Product, 'baseURL' | 'simulatorURL' | 'dataDir' | 'adminEmail' | 'adminPassword'>

/** Starts one product for the whole run; `product` of `./test` hands it to the tests. */
export default async function prepareProduct() {
  const product = await startProduct()
  const { baseURL, simulatorURL, dataDir, adminEmail, adminPassword } = product
  const shared: SharedProduct = { baseURL, simulatorURL, dataDir, adminEmail, adminPassword }
  process.env['E2E_PRODUCT'] = JSON.stringify(shared)
  return async function stopProduct() {
    await product.stop()
  }
}
